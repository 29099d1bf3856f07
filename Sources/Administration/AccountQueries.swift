import Foundation
import Identity
import Kernel
import Postgres

/// Statements on people's roles and status; everything else about them belongs to them and to Identity.
enum AccountQueries {
    private static let columns: SQL =
        "u.id, u.email, u.first_name, u.last_name, u.roles, u.status, u.created_at, u.last_sign_in_at, u.email_verified_at"

    static func list(_ input: ListUsers, tenant: Identifier<Tenant>) -> SQL {
        ListQuery(
            columns,
            from: "users u",
            where: """
                u.tenant_id = \(tenant) AND u.status <> 'deleted'
                AND (\(input.status)::text IS NULL OR u.status = \(input.status))
                AND (\(input.role)::text IS NULL OR \(input.role) = ANY(u.roles))
                AND (
                    \(input.search)::text IS NULL
                    OR strpos(lower(concat_ws(' ', u.first_name, u.last_name, u.email)), lower(\(input.search))) > 0
                )
                """,
            by: "created_at DESC, id DESC"
        ).page(input.request)
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
