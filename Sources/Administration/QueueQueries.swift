import Foundation
import Kernel
import Postgres

/// The work queue as an operator sees it: names, numbers and errors, no payloads.
enum QueueQueries {
    static func depth() -> SQL {
        """
        SELECT w.name, w.state, count(*) AS pieces, min(w.created_at) AS oldest
        FROM work w
        GROUP BY w.name, w.state
        ORDER BY w.name, w.state
        """
    }

    static func dead(_ input: ShowQueue, limit: Int) -> SQL {
        """
        SELECT w.id, w.tenant_id, t.code AS tenant_code, w.name, w.attempts, w.last_error, w.created_at
        FROM work w
        JOIN tenants t ON t.id = w.tenant_id
        WHERE w.state = 'dead'
            AND (\(input.name)::text IS NULL OR w.name = \(input.name))
            AND (\(input.tenantId)::uuid IS NULL OR w.tenant_id = \(input.tenantId))
            AND (
                \(input.cursor)::uuid IS NULL
                OR (w.created_at, w.id) < (SELECT c.created_at, c.id FROM work c WHERE c.id = \(input.cursor) AND c.state = 'dead')
            )
        ORDER BY w.created_at DESC, w.id DESC
        LIMIT \(limit)::int
        """
    }

    /// The attempts start over.
    static func retry(_ id: Identifier<WorkRecord>, now: Date) -> SQL {
        """
        UPDATE work
        SET state = 'waiting', attempts = 0, losses = 0, run_at = \(now)
        WHERE id = \(id) AND state = 'dead'
        RETURNING id, tenant_id, name
        """
    }
}
