import Foundation
import Identity
import Kernel
import Outbox
import Postgres

/// Statements on people's roles and status; everything else about them belongs to them and to Identity.
enum AccountQueries {
    private static let columns: SQL = """
        u.id, \(Identity.address(of: "u")) AS email, u.first_name, u.last_name, u.roles, u.status, u.created_at, u.last_sign_in_at,
        u.email_verified_at, \(fragment: Outbox.bounce(of: Identity.address(of: "u"), tenant: "u.tenant_id")) AS mail_bounce
        """

    /// The companies that somebody works for, with their role there.
    private static func companies(of user: StaticString, _ tenant: Identifier<Tenant>) -> SQL {
        """
        (
            SELECT COALESCE(json_agg(json_build_object('id', c.id, 'name', c.name, 'role', m.role) ORDER BY c.name), '[]')
            FROM company_members m
            JOIN companies c ON c.tenant_id = m.tenant_id AND c.id = m.company_id
            WHERE m.tenant_id = \(tenant) AND m.user_id = \(raw: user).id AND m.status = 'active'
        ) AS companies
        """
    }

    static func list(_ input: ListUsers, tenant: Identifier<Tenant>) throws(Failure) -> SQL {
        var filter: SQL = "u.tenant_id = \(tenant) AND u.status <> 'deleted'"
        if let status = input.status { filter += " AND u.status = \(status)" }
        if let role = input.role {
            filter += " AND \(role) = ANY(u.roles)"
            // Who is a candidate and nothing else is passed over by an index.
            if role != .candidate { filter += " AND u.roles <> '{candidate}'" }
        }
        if let search = input.search {
            filter += " AND strpos(u.folded, (SELECT search_folded(\(search)))) > 0"
        }
        return try ListQuery(columns, from: "users u", where: filter, by: .descending(.time("created_at"), .id("id")))
            .page(input.request, details: ", \(fragment: companies(of: "page", tenant))")
    }

    /// An account; whom a company added has none.
    static func lock(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT \(columns), \(fragment: companies(of: "u", tx.tenant)), u.password_hash IS NOT NULL AS has_password
        FROM users u
        WHERE u.tenant_id = \(tx.tenant) AND u.id = \(id) AND u.status NOT IN ('deleted', 'sourced')
        FOR UPDATE
        """
    }

    static func otherTenantAdmins(beside id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tx.tenant) AND u.id <> \(id) AND u.status = 'active' AND 'tenantAdmin' = ANY(u.roles)
        LIMIT 1
        """
    }

    static func update(_ id: Identifier<User>, roles: [Role], status: UserStatus, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users u
        SET roles = \(roles.map(\.rawValue))::text[], status = \(status), updated_at = \(tx.now)
        WHERE u.tenant_id = \(tx.tenant) AND u.id = \(id)
        RETURNING \(columns), \(fragment: companies(of: "u", tx.tenant))
        """
    }
}
