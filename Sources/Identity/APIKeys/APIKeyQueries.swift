import Foundation
import Kernel
import Postgres

/// Statements on the keys of programs.
enum APIKeyQueries {
    /// One row if the key is the tenant's present one and tenant and maker are live. Its use is written down, once a minute at most.
    static func standing(_ key: APIKey, now: Date) -> SQL {
        """
        WITH standing AS (
            SELECT k.tenant_id, u.id AS user_id, ARRAY['tenantAdmin'] AS roles, u.tier, '{}'::uuid[] AS company_ids, '{}'::text[] AS company_roles
            FROM api_keys k
            JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.user_id
            JOIN tenants t ON t.id = k.tenant_id
            WHERE k.tenant_id = \(key.tenant) AND k.hash = \(key.hash) AND u.status = 'active' AND 'tenantAdmin' = ANY(u.roles)
                AND t.status = 'active'
        ), used AS (
            UPDATE api_keys k
            SET last_used_at = \(now)
            FROM standing s
            WHERE k.tenant_id = s.tenant_id AND (k.last_used_at IS NULL OR k.last_used_at < \(now - 60))
        )
        SELECT user_id, roles, tier, company_ids, company_roles FROM standing
        """
    }

    static func show(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT k.prefix, k.user_id, k.created_at, k.last_used_at
        FROM api_keys k
        WHERE k.tenant_id = \(tenant)
        """
    }

    /// Held by a regeneration until it commits: the one after it must see its key, to end that too.
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('api key ' || \(tenant.description), 0))"
    }

    /// Puts the key in the place of the former one, which every process is told of. No row where its maker is no administrator of the tenant.
    static func replace(_ key: APIKey, by user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        WITH former AS (
            SELECT id FROM api_keys WHERE tenant_id = \(tx.tenant)
        ), made AS (
            INSERT INTO api_keys (tenant_id, id, hash, prefix, user_id, created_at)
            SELECT u.tenant_id, \(key.id), \(key.hash), \(key.prefix), u.id, \(tx.now)
            FROM users u
            WHERE u.tenant_id = \(tx.tenant) AND u.id = \(user) AND 'tenantAdmin' = ANY(u.roles)
            ON CONFLICT (tenant_id) DO UPDATE
            SET id = EXCLUDED.id, hash = EXCLUDED.hash, prefix = EXCLUDED.prefix, user_id = EXCLUDED.user_id,
                created_at = EXCLUDED.created_at, last_used_at = NULL
            RETURNING id
        )
        SELECT former.id AS former, CASE WHEN former.id IS NOT NULL THEN pg_notify('tenure_identity', former.id::text) END
        FROM made
        LEFT JOIN former ON true
        """
    }
}
