import Foundation
import Kernel
import Postgres

/// Statements on the directory of tenants, made before a tenant is known.
enum TenantQueries {
    static func named(_ name: String) -> SQL {
        """
        SELECT n.tenant_id, t.status = 'active' AS is_active
        FROM tenant_names n
        JOIN tenants t ON t.id = n.tenant_id
        WHERE n.name = \(name)
        """
    }

    static func known(_ id: Identifier<Tenant>) -> SQL {
        "SELECT t.id FROM tenants t WHERE t.id = \(id)"
    }

    static func insertMissing(code: String, name: String, now: Date) -> SQL {
        """
        INSERT INTO tenants (id, code, name, plan, created_at, updated_at)
        VALUES (\(Identifier<Tenant>()), \(code), \(name), 'enterprise', \(now), \(now))
        ON CONFLICT (code) DO NOTHING
        """
    }

    static func nameAfterCode(_ code: String) -> SQL {
        """
        INSERT INTO tenant_names (name, tenant_id)
        SELECT t.code, t.id
        FROM tenants t
        WHERE t.code = \(code)
        ON CONFLICT (name) DO NOTHING
        """
    }

    static func withCode(_ code: String) -> SQL {
        "SELECT t.id FROM tenants t WHERE t.code = \(code)"
    }
}
