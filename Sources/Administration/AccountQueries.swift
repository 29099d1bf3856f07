import Foundation
import Identity
import Kernel
import Postgres

/// Statements on people's roles and status; everything else about them belongs to them and to Identity.
enum AccountQueries {
    private static let columns: SQL =
        "u.id, u.email, u.first_name, u.last_name, u.roles, u.status, u.created_at, u.last_sign_in_at, u.email_verified_at"

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
        return try ListQuery(columns, from: "users u", where: filter, by: .descending(.time("created_at"), .id("id"))).page(input.request)
    }

    static func lock(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT \(columns), u.password_hash IS NOT NULL AS has_password
        FROM users u
        WHERE u.tenant_id = \(tx.tenant) AND u.id = \(id) AND u.status <> 'deleted'
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
        RETURNING \(columns)
        """
    }
}
