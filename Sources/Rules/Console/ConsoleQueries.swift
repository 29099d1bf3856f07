import Foundation
import Kernel
import Postgres

/// The console's history. Its statements run in the operator's role.
enum ConsoleQueries {
    static func insert(_ id: Identifier<ConsoleRun>, _ input: StartConsoleRun, by admin: SystemAdmin, at time: Date) -> SQL {
        """
        INSERT INTO console_runs (id, source, comment, admin_tenant_id, admin_id, created_at)
        VALUES (\(id), \(input.source.text), \(input.comment?.value), \(admin.tenant), \(admin.user), \(time))
        """
    }

    /// All tenants if none are named, in the order of their codes.
    static func insertTenants(_ id: Identifier<ConsoleRun>, _ tenants: [Identifier<Tenant>]?) -> SQL {
        let named: SQL = tenants.map { "WHERE t.id = ANY(\($0.map(\.uuid))::uuid[])" } ?? ""
        return """
            INSERT INTO console_run_tenants (run_id, tenant_id, position)
            SELECT \(id), t.id, row_number() OVER (ORDER BY t.code)
            FROM tenants t
            \(fragment: named)
            RETURNING tenant_id
            """
    }

    /// A run that was interrupted starts over: it has done nothing yet.
    static func begin(_ id: Identifier<ConsoleRun>) -> SQL {
        """
        UPDATE console_runs
        SET status = 'running', output = '{}', tables = '[]'
        WHERE id = \(id) AND status IN ('queued', 'running')
        RETURNING source
        """
    }

    static func forget(_ id: Identifier<ConsoleRun>) -> SQL {
        "UPDATE console_run_tenants SET status = 'waiting', effects = '[]' WHERE run_id = \(id)"
    }

    /// Progress so far; no row if the run was canceled.
    static func save(_ id: Identifier<ConsoleRun>, _ plan: ConsolePlan.State) throws -> SQL {
        """
        WITH run AS (
            UPDATE console_runs
            SET output = \(plan.output)::text[], tables = \(try plan.tablesText)::json
            WHERE id = \(id) AND status = 'running'
            RETURNING id
        ), tenants AS (
            UPDATE console_run_tenants t
            SET status = p.status, effects = p.effects
            FROM json_to_recordset(\(plan.tenantsText)::json) AS p (tenant_id uuid, status text, effects json), run
            WHERE t.run_id = run.id AND t.tenant_id = p.tenant_id
        )
        SELECT id FROM run
        """
    }

    static func finish(_ id: Identifier<ConsoleRun>, _ ending: ConsoleEnding, at time: Date) -> SQL {
        let plannedAt: Date? = ending.reason == nil ? time : nil
        return """
            UPDATE console_runs
            SET status = \(ending.status), reason = \(ending.reason), planned_at = \(plannedAt), instructions = \(ending.result.instructions),
                memory_peak = \(ending.result.memoryPeak), duration_us = \(Int(ending.result.duration / .microseconds(1)))
            WHERE id = \(id) AND status = 'running'
            """
    }

    /// A tenant that the script never reached has a plan too: nothing.
    static func settleTenants(_ id: Identifier<ConsoleRun>, skipped: [Identifier<Tenant>]) -> SQL {
        """
        UPDATE console_run_tenants
        SET status = CASE WHEN tenant_id = ANY(\(skipped.map(\.uuid))::uuid[]) THEN 'skipped' ELSE 'planned' END,
            error = CASE WHEN tenant_id = ANY(\(skipped.map(\.uuid))::uuid[]) THEN 'The tenant is suspended.' END
        WHERE run_id = \(id)
        """
    }

    /// Why a tenant's plan would be refused, for whoever reads it before it is applied.
    static func note(_ refusals: [Identifier<Tenant>: String], of id: Identifier<ConsoleRun>) -> SQL {
        let entries = refusals.map { JSON.object(["tenant_id": .string($0.key.description), "error": .string($0.value)]) }
        return """
            UPDATE console_run_tenants t
            SET error = p.error
            FROM json_to_recordset(\(JSON.array(entries).text)::json) AS p (tenant_id uuid, error text)
            WHERE t.run_id = \(id) AND t.tenant_id = p.tenant_id
            """
    }

    static func lock(_ id: Identifier<ConsoleRun>) -> SQL {
        "SELECT status, planned_at FROM console_runs WHERE id = \(id) FOR UPDATE"
    }

    static func setStatus(_ status: ConsoleRunStatus, of id: Identifier<ConsoleRun>, appliedAt: Date? = nil) -> SQL {
        "UPDATE console_runs SET status = \(status), applied_at = \(appliedAt) WHERE id = \(id)"
    }

    static func active(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT id FROM tenants WHERE id = \(tenant) AND status = 'active'"
    }

    static func comment(_ id: Identifier<ConsoleRun>) -> SQL {
        "SELECT comment FROM console_runs WHERE id = \(id) AND status = 'applying'"
    }

    /// The tenants of a run as they are now, in their order; nil for a status means any.
    static func tenants(_ id: Identifier<ConsoleRun>, _ status: ConsoleTenantStatus? = nil) -> SQL {
        let filter: SQL = status.map { "AND c.status = \($0)" } ?? ""
        return """
            SELECT t.id, t.code, t.name, t.status, t.plan, c.status AS outcome, c.effects, c.error
            FROM console_run_tenants c
            JOIN tenants t ON t.id = c.tenant_id
            WHERE c.run_id = \(id) \(fragment: filter)
            ORDER BY c.position
            """
    }

    static func settle(
        _ id: Identifier<ConsoleRun>,
        _ tenant: Identifier<Tenant>,
        _ status: ConsoleTenantStatus,
        _ error: String?
    ) -> SQL {
        "UPDATE console_run_tenants SET status = \(status), error = \(error) WHERE run_id = \(id) AND tenant_id = \(tenant)"
    }

    private static let columns: SQL = """
        r.id, r.status, r.comment, r.reason, r.instructions, r.memory_peak, r.duration_us, r.admin_id, u.email AS admin_email,
        r.created_at, r.planned_at, r.applied_at
        """
    private static let tables: SQL = "console_runs r LEFT JOIN users u ON u.tenant_id = r.admin_tenant_id AND u.id = r.admin_id"

    static func run(_ id: Identifier<ConsoleRun>) -> SQL {
        "SELECT \(fragment: columns), r.source, r.output, r.tables FROM \(fragment: tables) WHERE r.id = \(id)"
    }

    static func list(_ input: ListConsoleRuns, limit: Int) -> SQL {
        ListQuery(
            "\(columns), left(r.source, 200) AS beginning, c.tenants, c.effects, c.done, c.refused",
            from: """
                \(tables)
                CROSS JOIN LATERAL (
                    SELECT
                        count(*) AS tenants,
                        COALESCE(sum(json_array_length(effects)), 0)::bigint AS effects,
                        COALESCE(sum(json_array_length(effects)) FILTER (WHERE status = 'applied'), 0)::bigint AS done,
                        COALESCE(sum(json_array_length(effects)) FILTER (WHERE status = 'refused'), 0)::bigint AS refused
                    FROM console_run_tenants
                    WHERE run_id = r.id
                ) c
                """,
            where: input.status.map { "r.status = \($0)" } ?? "TRUE",
            by: .descending(.id("id"))
        ).rows(after: input.cursor.map { "id < \($0)" }, limit: limit)
    }

    /// Held until the tenant's transaction ends, so that a plan is applied there once.
    static func lock(_ id: Identifier<ConsoleRun>, in tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('console ' || \(id.description) || \(tenant.description), 0))"
    }

    /// The event that says that the plan was applied in the tenant; it was written in the same transaction.
    static func applied(_ id: Identifier<ConsoleRun>, in tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id
        FROM events
        WHERE tenant_id = \(tenant) AND subject_kind = 'console' AND subject_id = \(id) AND name = \(ConsoleApplied.name)
        """
    }
}

extension ConsolePlan.State {
    fileprivate var tablesText: String {
        get throws { try JSON(encoding: tables).text }
    }

    fileprivate var tenantsText: String {
        let entries = entered.map { tenant -> JSON in
            let effects = JSON.array((effects[tenant] ?? []).map(\.json))
            return ["tenant_id": .string(tenant.description), "status": "planned", "effects": effects]
        }
        return JSON.array(entries).text
    }
}

extension ConsoleTenant {
    init(_ row: Row) throws {
        self.init(id: try row("id"), code: try row("code"), name: try row("name"), status: try row("status"), plan: try row("plan"))
    }
}

extension ConsolePlan {
    /// A tenant's effects as they were stored.
    static func effects(_ row: Row) throws -> [RunnerEffect] {
        guard case .array(let effects) = try row.json("effects") else { return [] }
        return try effects.map { try RunnerEffect($0) }
    }
}
