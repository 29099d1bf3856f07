import Foundation
import Kernel
import Postgres

enum RunQueries {
    /// `kinds` tells the subjects of proposals.
    private static func columns(_ kinds: JSON) -> SQL {
        """
        \(fragment: ownColumns), COALESCE(h.state = 'waiting', false) AS is_held,
        COALESCE(e.payload -> e.subject_kind, (r.input -> 'event' -> (\(kinds.text)::jsonb ->> r.event_name))::jsonb) AS entity
        """
    }

    private static let ownColumns: SQL = """
        r.id, r.number, r.hook, r.event_name, r.event_id, r.outcome, r.reason, r.code, r.input_hash, r.seed, r.ran_at, r.instructions,
        r.memory_peak, r.duration_us, r.log, r.effects, r.amendments, r.reads, r.read_fields, r.mode, r.diverges, r.compared
        """

    private static let neighbors: SQL = """
        LEFT JOIN script_held h ON h.tenant_id = r.tenant_id AND h.run_id = r.id
        LEFT JOIN events e ON e.tenant_id = r.tenant_id AND e.id = r.event_id
        """

    static func insert(_ receipt: Receipt, tenant: Identifier<Tenant>, repeatable: Bool = false) -> SQL {
        let (rule, occasion, result) = (receipt.rule, receipt.occasion, receipt.result)
        let conflict: SQL = repeatable ? "ON CONFLICT ON CONSTRAINT script_runs_once DO NOTHING" : ""
        return """
            INSERT INTO script_runs (
                tenant_id, id, script_id, version_id, number, hook, event_name, event_id, occasion, outcome, reason, code, input_hash, seed,
                ran_at, instructions, memory_peak, duration_us, log, effects, reads, answers, input, amendments, read_fields, vocabulary,
                mode, diverges, compared
            )
            VALUES (
                \(tenant), \(receipt.id), \(rule.script), \(rule.version), \(rule.number), \(occasion.hook), \(occasion.name),
                \(occasion.event), \(occasion.key), \(receipt.outcome), \(receipt.reason), \(receipt.code), \(receipt.inputHash), \(receipt.seed),
                \(receipt.ranAt), \(result.instructions), \(result.memoryPeak), \(Int(result.duration / .microseconds(1))),
                \(result.log)::text[], \(receipt.effects.text)::json, \(receipt.reads.text)::json, \(receipt.answers?.text)::json,
                \(receipt.input)::json, \(receipt.amendments.text)::json, \(result.readFields)::text[], \(rule.program.vocabularyDigest),
                \(rule.mode), \(receipt.comparison?.diverges), \(receipt.comparison?.live?.text)::json
            )
            \(fragment: conflict)
            """
    }

    static func done(_ occasion: Occasion, _ mode: RunMode, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT script_id
        FROM script_runs
        WHERE tenant_id = \(tenant) AND hook = \(occasion.hook) AND occasion = \(occasion.key) AND mode = \(mode)
        """
    }

    static func list(_ input: ListRuns, limit: Int, _ kinds: JSON, tenant: Identifier<Tenant>) -> SQL {
        var filter: SQL = ""
        if let mode = input.mode { filter += "AND r.mode = \(mode) " }
        if let diverges = input.diverges { filter += "AND r.diverges = \(diverges) " }
        if let outcome = input.outcome { filter += "AND r.outcome = \(outcome) " }
        return ListQuery(
            columns(kinds),
            from: "script_runs r \(neighbors)",
            where: "r.tenant_id = \(tenant) AND r.script_id = \(input.id) \(filter)",
            by: .descending(.id("id"))
        ).rows(after: input.cursor.map { "id < \($0)" }, limit: limit)
    }

    /// With the version that ran, and its vocabulary.
    static func kept(_ id: Identifier<ScriptRun>, _ kinds: JSON, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns(kinds)), r.script_id, r.answers, r.input, r.vocabulary, s.name AS script_name, v.source, v.grants, v.modules, w.words
        FROM script_runs r
        JOIN scripts s ON s.tenant_id = r.tenant_id AND s.id = r.script_id
        JOIN script_versions v ON v.tenant_id = r.tenant_id AND v.id = r.version_id
        \(fragment: neighbors)
        LEFT JOIN rule_vocabularies w ON w.digest = r.vocabulary
        WHERE r.tenant_id = \(tenant) AND r.id = \(id)
        """
    }

    /// The effects of a held run wait for somebody to decide.
    static let isNotHeld: SQL = """
        NOT EXISTS (SELECT FROM script_held h WHERE h.tenant_id = old.tenant_id AND h.run_id = old.id AND h.state = 'waiting')
        """

    static let replayLife: TimeInterval = 30 * 86_400

    /// Findings of replays that have expired; `number` is the last column of the table's key.
    static func expiredOfReplays(_ table: StaticString, _ number: StaticString, at now: Date, limit: Int) -> SQL {
        """
        WITH old AS MATERIALIZED (
            SELECT tenant_id, id FROM script_replays WHERE created_at < \(now.addingTimeInterval(-replayLife))
        )
        DELETE FROM \(raw: table)
        WHERE (tenant_id, replay_id, \(raw: number)) IN (
            SELECT f.tenant_id, f.replay_id, f.\(raw: number)
            FROM old
            JOIN \(raw: table) f ON f.tenant_id = old.tenant_id AND f.replay_id = old.id
            LIMIT \(limit)::int
            FOR UPDATE OF f SKIP LOCKED
        )
        """
    }

    static func remember(_ vocabulary: RunnerVocabulary, at time: Date) -> SQL {
        """
        INSERT INTO rule_vocabularies (digest, words, first_seen_at)
        VALUES (\(vocabulary.digest), \(vocabulary.text)::json, \(time))
        ON CONFLICT DO NOTHING
        """
    }

    static func event(_ id: Identifier<EventRecord>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id, name, actor_kind, actor_id, depth, payload, occurred_at
        FROM events
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }

    /// When a schedule was last due.
    static func due(_ tick: Tick, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT CASE WHEN at_time IS NULL THEN next_run_at - make_interval(secs => every_seconds) ELSE last_due_at END AS due
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
