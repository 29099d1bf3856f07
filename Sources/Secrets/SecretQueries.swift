import Foundation
import Kernel
import Postgres

enum SecretQueries {
    static func keep(_ sealed: SealedSecret, at place: SecretPlace, now: Date) -> SQL {
        """
        INSERT INTO secrets (tenant_id, owner_table, owner_id, name, key_id, sealed, updated_at)
        VALUES (\(place.tenant), \(place.table), \(place.row), \(place.name), \(sealed.key), \(sealed.bytes), \(now))
        ON CONFLICT (tenant_id, owner_table, owner_id, name) DO UPDATE
        SET key_id = EXCLUDED.key_id, sealed = EXCLUDED.sealed, updated_at = EXCLUDED.updated_at
        """
    }

    static func secret(at place: SecretPlace) -> SQL {
        """
        SELECT key_id, sealed
        FROM secrets
        WHERE tenant_id = \(place.tenant) AND owner_table = \(place.table) AND owner_id = \(place.row) AND name = \(place.name)
        """
    }

    static func forget(_ place: SecretPlace) -> SQL {
        """
        DELETE FROM secrets
        WHERE tenant_id = \(place.tenant) AND owner_table = \(place.table) AND owner_id = \(place.row) AND name = \(place.name)
        """
    }

    /// Of all tenants, after the last one handled. It waits for rows that a server is changing at this moment.
    static func underOtherKeys(than key: String, after last: SecretPlace?, limit: Int) -> SQL {
        var beyond: SQL = ""
        if let last {
            beyond = "AND (tenant_id, owner_table, owner_id, name) > (\(last.tenant), \(last.table), \(last.row), \(last.name))"
        }
        return """
            SELECT tenant_id, owner_table, owner_id, name, key_id, sealed
            FROM secrets
            WHERE key_id <> \(key) \(fragment: beyond)
            ORDER BY tenant_id, owner_table, owner_id, name
            LIMIT \(limit)
            FOR UPDATE
            """
    }

    static func reseal(_ sealed: SealedSecret, at place: SecretPlace) -> SQL {
        """
        UPDATE secrets
        SET key_id = \(sealed.key), sealed = \(sealed.bytes)
        WHERE tenant_id = \(place.tenant) AND owner_table = \(place.table) AND owner_id = \(place.row) AND name = \(place.name)
        """
    }

    static let keysInUse: SQL = "SELECT key_id, count(*) AS count FROM secrets GROUP BY key_id ORDER BY key_id"
}

extension SealedSecret {
    init(_ row: Row) throws {
        self.init(key: try row("key_id"), bytes: try row("sealed"))
    }
}

extension SecretPlace {
    init(_ row: Row) throws {
        self.init(tenant: try row("tenant_id"), table: try row("owner_table"), row: try row("owner_id"), name: try row("name"))
    }
}
