import Foundation
import Kernel
import Postgres

/// Statements on the directory of tenants. They run in the operator's role, except for a tenant's own settings.
enum TenantQueries {
    private static let columns: SQL = "t.id, t.code, t.name, t.plan, t.status, t.host, t.settings, t.created_at, t.updated_at"

    static func list(_ input: ListTenants) throws(Failure) -> SQL {
        try ListQuery(
            columns,
            from: "tenants t",
            where: """
                (\(input.status)::text IS NULL OR t.status = \(input.status))
                AND (\(input.search)::text IS NULL OR strpos(lower(t.code || ' ' || t.name), lower(\(input.search))) > 0)
                """,
            by: .ascending(.text("code"))
        ).page(input.request)
    }

    static func one(_ id: Identifier<Tenant>) -> SQL {
        "SELECT \(columns) FROM tenants t WHERE t.id = \(id)"
    }

    static func lock(_ id: Identifier<Tenant>) -> SQL {
        one(id) + " FOR UPDATE"
    }

    static func usage(_ id: Identifier<Tenant>, tables: [StaticString]) -> SQL {
        tables
            .map { table -> SQL in
                "SELECT '\(raw: table)' AS name, count(*) AS rows FROM \(raw: table) WHERE tenant_id = \(id)"
            }
            .joined(separator: " UNION ALL ")
    }

    static func activity(_ id: Identifier<Tenant>, until now: Date) -> SQL {
        """
        WITH busy AS (
            SELECT (occurred_at AT TIME ZONE 'UTC')::date AS day, count(*) AS events
            FROM events
            WHERE tenant_id = \(id) AND occurred_at >= \(now)::timestamptz - interval '31 days'
            GROUP BY 1
        )
        SELECT to_char(d.day, 'YYYY-MM-DD') AS day, COALESCE(b.events, 0) AS events
        FROM generate_series((\(now)::timestamptz AT TIME ZONE 'UTC')::date - 29, (\(now)::timestamptz AT TIME ZONE 'UTC')::date, interval '1 day') d (day)
        LEFT JOIN busy b ON b.day = d.day::date
        ORDER BY d.day
        """
    }

    static func insert(_ input: CreateTenant, id: Identifier<Tenant>, now: Date) -> SQL {
        """
        INSERT INTO tenants AS t (id, code, name, plan, host, created_at, updated_at)
        VALUES (\(id), \(input.code), \(input.name), \(input.plan ?? .free), \(input.host), \(now), \(now))
        RETURNING \(columns)
        """
    }

    static func update(_ id: Identifier<Tenant>, to change: TenantChange, now: Date) -> SQL {
        """
        UPDATE tenants t
        SET name = \(change.name), plan = \(change.plan), status = \(change.status), host = \(change.host),
            settings = \(JSON.object(change.settings).text)::jsonb, updated_at = \(now)
        WHERE t.id = \(id)
        RETURNING \(columns)
        """
    }

    static func settings(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT t.settings ->> 'employerSignUp' AS employer_sign_up, t.settings ->> 'language' AS language, t.settings ->> 'logoUrl' AS logo_url,
            t.settings ->> 'candidatePool' AS candidate_pool, t.settings ->> 'timeZone' AS time_zone
        FROM tenants t
        WHERE t.id = \(tenant)
        """
    }

    /// No row if they are unchanged.
    static func change(_ settings: JSON, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE tenants t
        SET settings = jsonb_strip_nulls(t.settings || \(settings.text)::jsonb), updated_at = \(tx.now)
        WHERE t.id = \(tx.tenant) AND t.settings IS DISTINCT FROM jsonb_strip_nulls(t.settings || \(settings.text)::jsonb)
        RETURNING \(columns)
        """
    }

    /// Schedules by the clock keep their time of day in the tenant's present time zone.
    static func reschedule(_ tenant: Identifier<Tenant>, now: Date) -> SQL {
        """
        UPDATE schedules s
        SET next_run_at = next_local_run(\(now), s.next_run_at, s.every_seconds / 86400, s.at_time, s.days, t.settings ->> 'timeZone')
        FROM tenants t
        WHERE t.id = s.tenant_id AND s.tenant_id = \(tenant) AND s.at_time IS NOT NULL
        """
    }

    static func addName(_ name: String, _ id: Identifier<Tenant>) -> SQL {
        "INSERT INTO tenant_names (name, tenant_id) VALUES (\(name), \(id))"
    }

    static func removeName(_ name: String, _ id: Identifier<Tenant>) -> SQL {
        "DELETE FROM tenant_names WHERE name = \(name) AND tenant_id = \(id)"
    }
}
