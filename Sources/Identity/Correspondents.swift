package import Kernel
package import Letters
import Postgres

/// Somebody to write to, with the letterhead in their language, locale and time zone.
package struct Correspondent: Sendable {
    package let user: UserSummary
    package let head: Letterhead
    /// Somebody whom a company added has none until they accept an invitation.
    package let hasAccount: Bool

    init(_ row: Row) throws {
        user = try UserSummary(row)
        head = try Letterhead(row)
        hasAccount = try row("has_account")
    }
}

extension Identity {
    /// Those of these people who may be written to: whose account is active, and who have none and left an address.
    package func correspondents(
        _ ids: [Identifier<User>],
        in tx: TenantTransaction
    ) async throws(Failure) -> [Identifier<User>: Correspondent] {
        let rows = try await tx.query(CorrespondentQueries.active(ids, tenant: tx.tenant))
        return try reading {
            Dictionary(try rows.map(Correspondent.init).map { ($0.user.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Who answers for a company: the first of the preferred people who still works there, else a recruiter, else whoever does.
    package func contact(
        for company: Identifier<Company>,
        preferring preferred: [Identifier<User>],
        beside stranger: Identifier<User>,
        in tx: TenantTransaction
    ) async throws(Failure) -> UserSummary? {
        let statement = CorrespondentQueries.contact(for: company, preferring: preferred, beside: stranger, tenant: tx.tenant)
        return try await tx.query(statement).decoded(UserSummary.init).first
    }

    /// Where links in mails lead.
    package var publicURL: String { configuration.publicURL }
}

private enum CorrespondentQueries {
    static func active(_ ids: [Identifier<User>], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id, \(Identity.address(of: "u")) AS email, u.first_name, u.last_name, u.roles, u.status = 'active' AS has_account,
            \(fragment: Letterhead.columns(user: "u"))
        FROM users u
        JOIN tenants t ON t.id = u.tenant_id
        WHERE u.tenant_id = \(tenant) AND u.id = ANY(\(ids.map(\.uuid))::uuid[])
            AND (u.status = 'active' OR u.status = 'sourced' AND u.contact_email IS NOT NULL)
        """
    }

    static func contact(
        for company: Identifier<Company>,
        preferring preferred: [Identifier<User>],
        beside stranger: Identifier<User>,
        tenant: Identifier<Tenant>
    ) -> SQL {
        """
        SELECT u.id, u.email, u.first_name, u.last_name, u.roles
        FROM users u
        LEFT JOIN company_members m
            ON m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.company_id = \(company) AND m.status = 'active'
        WHERE u.tenant_id = \(tenant) AND u.status = 'active' AND u.id <> \(stranger)
            AND (m.user_id IS NOT NULL OR 'tenantAdmin' = ANY(u.roles))
        ORDER BY array_position(\(preferred.map(\.uuid))::uuid[], u.id), m.role = 'recruiter' DESC NULLS LAST,
            m.role = 'companyAdmin' DESC NULLS LAST, m.created_at, u.id
        LIMIT 1
        """
    }
}
