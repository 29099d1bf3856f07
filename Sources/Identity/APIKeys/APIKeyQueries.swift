import Foundation
import Kernel
import Postgres

/// Statements on API keys.
enum APIKeyQueries {
    private static let columns: SQL = "k.id, k.name, k.prefix, k.scopes, k.user_id, k.created_at, k.expires_at, k.last_used_at"

    /// One row if the key is the tenant's, has not expired, and tenant and maker are active. Its use is recorded, once a minute at most.
    static func standing(_ key: APIKey, now: Date) -> SQL {
        """
        WITH standing AS (
            SELECT k.tenant_id, k.id, u.id AS user_id, ARRAY['tenantAdmin'] AS roles, u.tier, '{}'::uuid[] AS company_ids,
                   '{}'::text[] AS company_roles, k.scopes, k.expires_at
            FROM api_keys k
            JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.user_id
            JOIN tenants t ON t.id = k.tenant_id
            WHERE k.tenant_id = \(key.tenant) AND k.hash = \(key.hash) AND (k.expires_at IS NULL OR k.expires_at > \(now))
                AND u.status = 'active' AND 'tenantAdmin' = ANY(u.roles) AND t.status = 'active'
        ), used AS (
            UPDATE api_keys k
            SET last_used_at = \(now)
            FROM standing s
            WHERE k.tenant_id = s.tenant_id AND k.id = s.id AND (k.last_used_at IS NULL OR k.last_used_at < \(now - 60))
        )
        SELECT user_id, roles, tier, company_ids, company_roles, scopes, expires_at FROM standing
        """
    }

    static func list(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM api_keys k
        WHERE k.tenant_id = \(tenant)
        ORDER BY k.created_at, k.id
        """
    }

    static func named(_ name: String, _ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM api_keys k
        WHERE k.tenant_id = \(tenant) AND k.name = \(name)
        """
    }

    static func withID(_ id: Identifier<APIKey>, _ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM api_keys k
        WHERE k.tenant_id = \(tenant) AND k.id = \(id)
        FOR UPDATE
        """
    }

    /// Held until commit by whatever makes a key: the next one must see it, to count it or to end it.
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('api key ' || \(tenant.description), 0))"
    }

    static func count(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT count(*) AS count FROM api_keys WHERE tenant_id = \(tenant)"
    }

    /// No row if its maker isn't an administrator of the tenant: somebody from outside has no account in it, and neither would the key.
    static func insert(_ key: APIKey, _ terms: APIKeyTerms, by user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO api_keys (tenant_id, id, hash, name, prefix, scopes, user_id, created_at, expires_at)
        SELECT u.tenant_id, \(key.id), \(key.hash), \(terms.name), \(key.prefix), \(terms.scopes.map(\.rawValue))::text[], u.id, \(tx.now),
               \(terms.expiresAt)
        FROM users u
        WHERE u.tenant_id = \(tx.tenant) AND u.id = \(user) AND 'tenantAdmin' = ANY(u.roles)
        RETURNING id
        """
    }

    /// Replaces the former key; every process is told.
    static func replace(
        _ former: Identifier<APIKey>,
        with key: APIKey,
        until end: Date?,
        by user: Identifier<User>,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        UPDATE api_keys k
        SET id = \(key.id), hash = \(key.hash), prefix = \(key.prefix), user_id = u.id, created_at = \(tx.now), expires_at = \(end),
            last_used_at = NULL
        FROM users u
        WHERE k.tenant_id = \(tx.tenant) AND k.id = \(former) AND u.tenant_id = k.tenant_id AND u.id = \(user)
            AND 'tenantAdmin' = ANY(u.roles)
        RETURNING k.id
        """
    }

    static func delete(_ id: Identifier<APIKey>, _ tx: TenantTransaction) -> SQL {
        "DELETE FROM api_keys WHERE tenant_id = \(tx.tenant) AND id = \(id) RETURNING id, name, prefix"
    }

    static func delete(madeBy user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        "DELETE FROM api_keys WHERE tenant_id = \(tx.tenant) AND user_id = \(user) RETURNING id, name, prefix"
    }
}
