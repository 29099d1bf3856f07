import Foundation
import Kernel
import Postgres

/// Reads of a tenant's event log.
enum EventQueries {
    private static let columns: SQL = """
        e.id, e.sequence, e.name, e.subject_kind, e.subject_id, e.actor_kind, e.actor_id, e.cause_id, e.request_id, e.payload, e.occurred_at,
        encode(e.hash, 'hex') AS hash,
        COALESCE(NULLIF(concat_ws(' ', u.first_name, u.last_name), ''), CASE WHEN 'candidate' = ANY(u.roles) THEN 'Candidate' ELSE u.email END) AS actor_name
        """

    /// Newest first, by id, which is by time. One row more than asked for tells whether there is a next page.
    static func audit(_ input: ListAudit, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(columns)
        FROM events e
        LEFT JOIN users u ON u.tenant_id = e.tenant_id AND u.id = e.actor_id AND e.actor_kind = 'user'
        WHERE e.tenant_id = \(tenant)
            AND \(fragment: conditions(input, tenant))
        ORDER BY e.occurred_at DESC, e.id DESC
        LIMIT \(limit + 1)::int
        """
    }

    private static func conditions(_ input: ListAudit, _ tenant: Identifier<Tenant>) -> SQL {
        var conditions: [SQL] = ["TRUE"]
        if let cursor = input.cursor {
            let last: SQL = "SELECT c.occurred_at FROM events c WHERE c.tenant_id = \(tenant) AND c.id = \(cursor)"
            conditions.append("(e.occurred_at, e.id) < ((\(last)), \(cursor)::uuid)")
        }
        if let name = input.name { conditions.append("e.name = \(name)") }
        if let actor = input.actor { conditions.append("e.actor_id = \(actor)") }
        if let subject = input.subject { conditions.append("e.subject_id = \(subject)") }
        if let from = input.from { conditions.append("e.occurred_at >= \(from)") }
        if let to = input.to { conditions.append("e.occurred_at < \(to)") }
        return conditions.joined(separator: " AND ")
    }

    static func log(after sequence: Int, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(columns)
        FROM events e
        LEFT JOIN users u ON u.tenant_id = e.tenant_id AND u.id = e.actor_id AND e.actor_kind = 'user'
        WHERE e.tenant_id = \(tenant) AND e.sequence > \(sequence)
        ORDER BY e.sequence
        LIMIT \(limit)::int
        """
    }
}
