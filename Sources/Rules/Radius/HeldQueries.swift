import Foundation
import Kernel
import Postgres

/// Runs whose effects wait.
enum HeldQueries {
    static func insert(_ receipt: Receipt, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO script_held (tenant_id, run_id, script_id, depth, held_at)
        VALUES (\(tx.tenant), \(receipt.id), \(receipt.rule.script), \(receipt.occasion.depth), \(tx.now))
        """
    }

    static func list(_ input: ListHeld, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        let state: SQL = input.state.map { "AND h.state = \($0)" } ?? ""
        return ListQuery(
            """
            h.run_id, r.event_name, r.event_id, h.held_at, r.effects, h.state, h.decided_by, h.decided_at, h.problem,
            e.payload -> e.subject_kind AS entity
            """,
            from: """
                script_held h
                JOIN script_runs r ON r.tenant_id = h.tenant_id AND r.id = h.run_id
                LEFT JOIN events e ON e.tenant_id = r.tenant_id AND e.id = r.event_id
                """,
            where: "h.tenant_id = \(tenant) AND h.script_id = \(input.id) \(state)",
            by: .ascending(.id("run_id"))
        ).rows(after: input.cursor.map { "run_id > \($0)" }, limit: limit)
    }

    /// In their order. Those that failed before must be named.
    static func waiting(_ script: Identifier<Script>, among runs: [UUID]?, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        let choice: SQL = runs.map { "AND run_id = ANY(\($0)::uuid[])" } ?? "AND problem IS NULL"
        return """
            SELECT run_id
            FROM script_held
            WHERE tenant_id = \(tenant) AND script_id = \(script) AND state = 'waiting' \(fragment: choice)
            ORDER BY run_id
            LIMIT \(limit)
            """
    }

    static func countWaiting(_ script: Identifier<Script>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT count(*) AS waiting, count(*) FILTER (WHERE problem IS NULL) AS untried
        FROM script_held
        WHERE tenant_id = \(tenant) AND script_id = \(script) AND state = 'waiting'
        """
    }

    /// With the version that asked for it; locked until it is applied. No row if somebody else has decided.
    static func claim(_ run: Identifier<ScriptRun>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT r.effects, r.event_id, h.depth, v.id AS version_id, v.grants
        FROM script_held h
        JOIN script_runs r ON r.tenant_id = h.tenant_id AND r.id = h.run_id
        JOIN script_versions v ON v.tenant_id = r.tenant_id AND v.id = r.version_id
        WHERE h.tenant_id = \(tenant) AND h.run_id = \(run) AND h.state = 'waiting'
        FOR UPDATE OF h
        """
    }

    static func finish(_ run: Identifier<ScriptRun>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE script_held
        SET state = 'released', decided_by = \(tx.caller.user), decided_at = \(tx.now), problem = NULL
        WHERE tenant_id = \(tx.tenant) AND run_id = \(run)
        """
    }

    static func fail(_ run: Identifier<ScriptRun>, _ problem: String, tenant: Identifier<Tenant>) -> SQL {
        "UPDATE script_held SET problem = \(problem) WHERE tenant_id = \(tenant) AND run_id = \(run) AND state = 'waiting'"
    }

    static func discard(_ script: Identifier<Script>, _ runs: [UUID]?, _ tx: TenantTransaction) -> SQL {
        let choice: SQL = runs.map { "AND run_id = ANY(\($0)::uuid[])" } ?? ""
        return """
            UPDATE script_held
            SET state = 'discarded', decided_by = \(tx.caller.user), decided_at = \(tx.now)
            WHERE tenant_id = \(tx.tenant) AND script_id = \(script) AND state = 'waiting' \(fragment: choice)
            """
    }
}
