import Kernel
import Postgres

enum CircuitQueries {
    /// Failures at the same time count one after another, each seeing those before it: else none of them might be the last that is needed.
    static func lock(_ script: Identifier<Script>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('circuit ' || \(script.description), 0))"
    }

    /// The results of a version's last runs, since it last went live or into shadow.
    static func latest(_ receipt: Receipt, tenant: Identifier<Tenant>) -> SQL {
        let rule = receipt.rule
        let since: SQL = rule.mode == .live ? "s.live_since" : "s.shadow_since"
        return """
            SELECT count(*) AS runs, count(*) FILTER (WHERE is_fault) AS faults,
                   count(*) FILTER (WHERE is_fault AND place <= \(Circuit.patience)) AS latest_faults
            FROM (
                SELECT r.outcome IN ('failed', 'refused') AS is_fault, row_number() OVER (ORDER BY r.id DESC) AS place
                FROM script_runs r
                JOIN scripts s ON s.tenant_id = r.tenant_id AND s.id = r.script_id
                WHERE r.tenant_id = \(tenant) AND r.script_id = \(rule.script) AND r.version_id = \(rule.version)
                  AND r.mode = \(rule.mode) AND r.ran_at >= COALESCE(\(fragment: since), '-infinity')
                ORDER BY r.id DESC
                LIMIT \(Circuit.window)
            ) AS latest
            """
    }
}
