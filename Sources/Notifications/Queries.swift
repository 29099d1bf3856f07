import Foundation
import Kernel
import Postgres

enum NotificationQueries {
    private static let columns: SQL = "n.id, n.kind, n.text, n.subject_kind, n.subject_id, n.read_at, n.created_at"

    static func list(_ request: PageRequest, of user: SignedIn) throws(Failure) -> SQL {
        let own: SQL = "n.tenant_id = \(user.tenant) AND n.user_id = \(user.user)"
        let unread: SQL = "SELECT FROM notifications n WHERE \(own) AND n.read_at IS NULL LIMIT \(ListQuery.mostCounted)::int"
        return try ListQuery(
            "\(columns), n.read_at IS NULL AS is_unread",
            from: "notifications n",
            where: own,
            by: .descending(.flag("is_unread"), .id("id"))
        ).page(request, details: ", (SELECT count(*) FROM (\(unread)) AS few) AS unread")
    }

    /// Reading twice keeps the first time.
    static func markRead(_ id: Identifier<Notification>, by user: SignedIn, now: Date) -> SQL {
        """
        UPDATE notifications n
        SET read_at = COALESCE(n.read_at, \(now))
        WHERE n.tenant_id = \(user.tenant) AND n.id = \(id) AND n.user_id = \(user.user)
        RETURNING \(columns)
        """
    }

    static func markAllRead(by user: SignedIn, now: Date) -> SQL {
        """
        UPDATE notifications
        SET read_at = \(now)
        WHERE tenant_id = \(user.tenant) AND user_id = \(user.user) AND read_at IS NULL
        """
    }

    static func insert(_ message: Message, to users: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        let ids = users.map { _ in Identifier<Notification>().uuid }
        return """
            INSERT INTO notifications AS n (tenant_id, id, user_id, kind, text, subject_kind, subject_id, created_at)
            SELECT
                \(tx.tenant), r.id, r.user_id, \(message.kind), \(message.text), \(message.about?.kind), \(message.about?.id)::uuid,
                \(tx.now)::timestamptz
            FROM unnest(\(ids)::uuid[], \(users.map(\.uuid))::uuid[]) AS r (id, user_id)
            RETURNING \(columns)
            """
    }

    /// One for a reader, unless it is there already.
    static func insert(_ id: UUID, _ message: Message, to user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO notifications (tenant_id, id, user_id, kind, text, subject_kind, subject_id, created_at)
        VALUES (
            \(tx.tenant), \(id), \(user), \(message.kind), \(message.text), \(message.about?.kind), \(message.about?.id)::uuid, \(tx.now)
        )
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    }

    /// The subject of the event that led to this call.
    static func subject(of event: Identifier<EventRecord>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT e.subject_kind, e.subject_id FROM events e WHERE e.tenant_id = \(tenant) AND e.id = \(event)"
    }

    static func tenantAdmins(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.status = 'active' AND 'tenantAdmin' = ANY(u.roles)
        ORDER BY u.id
        """
    }

    /// Members with a role, of one company or of all that the caller reaches.
    static func members(
        _ role: String,
        company: Identifier<Company>?,
        about: EventSubject?,
        scope: CompanyScope,
        tenant: Identifier<Tenant>
    ) -> SQL {
        """
        SELECT DISTINCT u.id
        FROM company_members m
        JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        JOIN companies c ON c.tenant_id = m.tenant_id AND c.id = m.company_id AND c.approval = 'approved'
        WHERE m.tenant_id = \(tenant) AND m.role = \(role) AND m.status = 'active' AND u.status = 'active'
            AND (\(company)::uuid IS NULL OR m.company_id = \(company))
            AND \(scope.includes("m.company_id")) AND \(mayHear(about, tenant))
        ORDER BY u.id
        """
    }

    /// Candidates may be told of their own applications.
    private static func mayHearOrApplied(_ about: EventSubject?, _ tenant: Identifier<Tenant>) -> SQL {
        guard let about, about.kind == "application" else { return mayHear(about, tenant) }
        return """
            (
                \(mayHear(about, tenant))
                OR EXISTS (SELECT FROM applications own WHERE own.tenant_id = \(tenant) AND own.id = \(about.id) AND own.candidate_id = u.id)
            )
            """
    }

    /// Of a confidential job and of what hangs on it only its hiring team hears, beside the tenant's administrators.
    private static func mayHear(_ about: EventSubject?, _ tenant: Identifier<Tenant>) -> SQL {
        let job: SQL
        switch about?.kind {
        case "job": job = "j.id = \(about?.id)"
        case "application":
            job = "j.id = (SELECT a.job_id FROM applications a WHERE a.tenant_id = \(tenant) AND a.id = \(about?.id))"
        default: return "TRUE"
        }
        return """
            (
                'tenantAdmin' = ANY(u.roles)
                OR NOT EXISTS (
                    SELECT
                    FROM jobs j
                    WHERE j.tenant_id = \(tenant) AND \(fragment: job) AND j.is_confidential
                        AND NOT EXISTS (
                            SELECT
                            FROM job_team t
                            WHERE t.tenant_id = j.tenant_id AND t.job_id = j.id AND t.user_id = u.id AND t.ended_at IS NULL
                        )
                )
            )
            """
    }

    /// One person: anybody if the caller acts for the whole tenant, a colleague for a member.
    static func user(_ id: Identifier<User>, about: EventSubject?, scope: CompanyScope, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND u.status = 'active' AND \(mayHearOrApplied(about, tenant))
            AND (
                \(scope.isWholeTenant)
                OR EXISTS (
                    SELECT
                    FROM company_members m
                    WHERE m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.status = 'active' AND \(scope.includes("m.company_id"))
                )
            )
        """
    }
}
