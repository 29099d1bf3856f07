import Foundation
import Kernel
import Postgres

enum RunQueries {
    static func insert(_ receipt: Receipt, tenant: Identifier<Tenant>, repeatable: Bool = false) -> SQL {
        let (rule, occasion, result) = (receipt.rule, receipt.occasion, receipt.result)
        let conflict: SQL = repeatable ? "ON CONFLICT ON CONSTRAINT script_runs_once DO NOTHING" : ""
        return """
            INSERT INTO script_runs (
                tenant_id, id, script_id, version_id, number, hook, event_name, event_id, occasion, outcome, reason, code, input_hash, seed,
                ran_at, instructions, memory_peak, duration_us, log, effects, reads, read_fields
            )
            VALUES (
                \(tenant), \(receipt.id), \(rule.script), \(rule.version), \(rule.number), \(occasion.hook), \(occasion.name),
                \(occasion.event), \(occasion.key), \(receipt.outcome), \(receipt.reason), \(receipt.code), \(receipt.inputHash), \(receipt.seed),
                \(receipt.ranAt), \(result.instructions), \(result.memoryPeak), \(Int(result.duration / .microseconds(1))),
                \(result.log)::text[], \(receipt.effects.text)::jsonb, \(receipt.reads.text)::jsonb, \(result.readFields)::text[]
            )
            \(fragment: conflict)
            """
    }

    static func done(_ occasion: String, hook: RunnerHook, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT script_id
        FROM script_runs
        WHERE tenant_id = \(tenant) AND hook = \(hook) AND occasion = \(occasion)
        """
    }

    /// Whether the last runs of a version, so many of them, all went wrong.
    static func keepsFailing(_ rule: LiveRule, times: Int, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT count(*) FILTER (WHERE outcome IN ('failed', 'refused')) = \(times) AS always
        FROM (
            SELECT outcome
            FROM script_runs
            WHERE tenant_id = \(tenant) AND script_id = \(rule.script) AND version_id = \(rule.version)
            ORDER BY id DESC
            LIMIT \(times)
        ) AS latest
        """
    }

    static func list(_ input: ListRuns, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        var filter: SQL = ""
        if let cursor = input.cursor { filter += "AND id < \(cursor) " }
        if let outcome = input.outcome { filter += "AND outcome = \(outcome) " }
        return """
            SELECT id, number, hook, event_name, event_id, outcome, reason, code, input_hash, seed, ran_at, instructions, memory_peak,
                   duration_us, log, effects, read_fields,
                   (SELECT COALESCE(jsonb_agg(r.value - 'value'), '[]') FROM jsonb_array_elements(reads) r) AS reads
            FROM script_runs
            WHERE tenant_id = \(tenant) AND script_id = \(input.id) \(fragment: filter)
            ORDER BY id DESC
            LIMIT \(limit)
            """
    }

    static func event(_ id: Identifier<EventRecord>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id, name, actor_kind, actor_id, depth, payload, occurred_at
        FROM events
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }

    /// The time that a schedule last came due.
    static func due(_ tick: Tick, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT next_run_at - make_interval(secs => every_seconds) AS due
        FROM schedules
        WHERE tenant_id = \(tenant) AND name = \("rules:\(tick.script):\(tick.interval)")
        """
    }
}

extension RecordedEvent {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            name: try row("name"),
            actor: EventActor.json(try row("actor_kind"), try row("actor_id")),
            depth: try row("depth"),
            payload: try row.json("payload"),
            occurredAt: try row("occurred_at")
        )
    }
}
