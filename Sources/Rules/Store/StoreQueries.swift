import Kernel
import Postgres

/// Statements on the store of a tenant's rules.
enum StoreQueries {
    static let mostKeys = 1000

    /// Held by a run that changes the store until it commits.
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('rule store ' || \(tenant.description), 0))"
    }

    static func values(_ keys: [String], tenant: Identifier<Tenant>) -> SQL {
        "SELECT key, value FROM script_store WHERE tenant_id = \(tenant) AND key = ANY(\(keys)::text[])"
    }

    static func list(prefix: String, tenant: Identifier<Tenant>) -> SQL {
        "SELECT key, value FROM script_store WHERE tenant_id = \(tenant) AND starts_with(key, \(prefix)) ORDER BY key"
    }

    static func page(_ input: ListStore, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        let prefix: SQL = input.prefix.map { "AND starts_with(key, \($0))" } ?? ""
        return ListQuery(
            "key, value, updated_at",
            from: "script_store",
            where: "tenant_id = \(tenant) \(prefix)",
            by: .ascending(.text("key"))
        )
        .rows(after: input.cursor.map { "key > \($0)" }, limit: limit)
    }

    static func set(_ key: String, _ value: JSON, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO script_store (tenant_id, key, value, updated_at)
        VALUES (\(tx.tenant), \(key), \(value.text)::jsonb, \(tx.now))
        ON CONFLICT (tenant_id, key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at
        """
    }

    static func delete(_ key: String, tenant: Identifier<Tenant>) -> SQL {
        "DELETE FROM script_store WHERE tenant_id = \(tenant) AND key = \(key)"
    }

    static func count(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT count(*) AS keys FROM script_store WHERE tenant_id = \(tenant)"
    }
}

extension StoreEntry {
    init(_ row: Row) throws {
        self.init(key: try row("key"), value: try row.json("value"), updatedAt: try row("updated_at"))
    }
}
