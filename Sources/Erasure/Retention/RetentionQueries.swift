import Applications
import Foundation
import Jobs
import Kernel
import Postgres

/// Statements on retention rules and the applications that they have flagged.
enum RetentionQueries {
    private static let columns: SQL = """
        r.id, r.company_id, r.category, r.months, r.tried_at, r.active_since, r.created_by, r.created_at,
        (SELECT c.name FROM companies c WHERE c.tenant_id = r.tenant_id AND c.id = r.company_id) AS company_name
        """

    static func insert(_ id: Identifier<RetentionRule>, _ input: CreateRetentionRule, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO retention_rules AS r (tenant_id, id, company_id, category, months, created_by, created_at)
        VALUES (\(tx.tenant), \(id), \(input.companyId), \(input.category), \(input.months), \(tx.caller.user), \(tx.now))
        RETURNING \(columns)
        """
    }

    static func list(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(columns)
        FROM retention_rules r
        WHERE r.tenant_id = \(tenant)
        ORDER BY r.company_id NULLS FIRST, r.category
        """
    }

    static func rule(_ id: Identifier<RetentionRule>, _ tx: TenantTransaction) -> SQL {
        "SELECT \(columns) FROM retention_rules r WHERE r.tenant_id = \(tx.tenant) AND r.id = \(id) FOR UPDATE"
    }

    static func tried(_ id: Identifier<RetentionRule>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE retention_rules r
        SET tried_at = \(tx.now)
        WHERE r.tenant_id = \(tx.tenant) AND r.id = \(id)
        RETURNING \(columns)
        """
    }

    static func activate(_ id: Identifier<RetentionRule>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE retention_rules r
        SET active_since = COALESCE(r.active_since, \(tx.now))
        WHERE r.tenant_id = \(tx.tenant) AND r.id = \(id)
        RETURNING \(columns)
        """
    }

    /// What it had flagged no longer is.
    static func delete(_ id: Identifier<RetentionRule>, _ tx: TenantTransaction) -> SQL {
        "DELETE FROM retention_rules r WHERE r.tenant_id = \(tx.tenant) AND r.id = \(id) RETURNING \(columns)"
    }

    static func schedule(_ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO schedules (tenant_id, name, work_name, payload, every_seconds, next_run_at)
        VALUES (\(tx.tenant), 'retention', \(ApplyRetention.name), '{}', 86400, \(tx.now))
        ON CONFLICT (tenant_id, name) DO UPDATE SET next_run_at = EXCLUDED.next_run_at
        """
    }

    static func unscheduleUnused(_ tx: TenantTransaction) -> SQL {
        """
        DELETE FROM schedules s
        WHERE s.tenant_id = \(tx.tenant) AND s.name = 'retention'
            AND NOT EXISTS (SELECT FROM retention_rules r WHERE r.tenant_id = s.tenant_id AND r.active_since IS NOT NULL)
        """
    }

    static func flag(_ ids: [UUID], by rule: Identifier<RetentionRule>, due: Date, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO retention_flags (tenant_id, application_id, rule_id, flagged_at, due_at, is_told)
        SELECT \(tx.tenant), a.id, \(rule)::uuid, \(tx.now)::timestamptz, \(due)::timestamptz, false
        FROM unnest(\(ids)::uuid[]) AS a (id)
        ON CONFLICT (tenant_id, application_id) DO NOTHING
        """
    }

    static func markTold(_ tx: TenantTransaction) -> SQL {
        """
        WITH told AS (
            UPDATE retention_flags f
            SET is_told = true
            WHERE f.tenant_id = \(tx.tenant) AND NOT f.is_told
            RETURNING f.due_at
        )
        SELECT count(*) AS count, min(t.due_at) AS first_due
        FROM told t
        """
    }

    private static let flag: SQL = """
        f.application_id, f.rule_id, f.flagged_at, f.due_at,
        (SELECT a.applicant ->> 'name' FROM applications a WHERE a.tenant_id = f.tenant_id AND a.id = f.application_id) AS candidate_name,
        (
            SELECT j.title
            FROM applications a JOIN jobs j ON j.tenant_id = a.tenant_id AND j.id = a.job_id
            WHERE a.tenant_id = f.tenant_id AND a.id = f.application_id
        ) AS job_title
        """

    static func flags(after id: Identifier<Application>?, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        ListQuery(flag, from: "retention_flags f", where: "f.tenant_id = \(tenant)", by: .ascending(.id("application_id")))
            .rows(after: id.map { "application_id > \($0)" }, limit: limit)
    }

    static func due(limit: Int, _ tx: TenantTransaction) -> SQL {
        """
        SELECT \(flag)
        FROM retention_flags f
        WHERE f.tenant_id = \(tx.tenant) AND f.due_at <= \(tx.now)
        ORDER BY f.due_at, f.application_id
        LIMIT \(limit)::int
        FOR UPDATE
        """
    }

    static func unflag(_ ids: [UUID], _ tx: TenantTransaction) -> SQL {
        "DELETE FROM retention_flags WHERE tenant_id = \(tx.tenant) AND application_id = ANY(\(ids)::uuid[])"
    }
}
