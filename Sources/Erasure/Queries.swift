import Foundation
import Identity
import Kernel
import Postgres

/// Statements on erasures and their receipts.
enum ErasureQueries {
    private static let columns: SQL =
        "e.id, e.number, e.user_id, e.origin, e.status, e.requested_by, e.requested_at, e.due_at, e.completed_at"

    /// Numbers are per tenant and without gaps; a second request waits for the first.
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('erasure ' || \(tenant.description), 0))"
    }

    static func insert(
        _ id: Identifier<ErasureRecord>,
        of user: Identifier<User>?,
        _ origin: ErasureOrigin,
        due: Date,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        INSERT INTO erasures AS e (tenant_id, id, number, user_id, origin, status, requested_by, requested_at, due_at)
        SELECT
            \(tx.tenant), \(id), COALESCE(max(o.number), 0) + 1, \(user)::uuid, \(origin), 'pending', \(tx.caller.user)::uuid,
            \(tx.now)::timestamptz, \(due)::timestamptz
        FROM erasures o
        WHERE o.tenant_id = \(tx.tenant)
        RETURNING \(columns)
        """
    }

    /// One that the person asked for and that has not begun.
    static func pending(of user: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(columns)
        FROM erasures e
        WHERE e.tenant_id = \(tenant) AND e.user_id = \(user) AND e.status = 'pending'
        FOR UPDATE
        """
    }

    static func takeOver(_ id: Identifier<ErasureRecord>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE erasures e
        SET origin = 'administrator', requested_by = \(tx.caller.user)::uuid, due_at = \(tx.now)
        WHERE e.tenant_id = \(tx.tenant) AND e.id = \(id)
        """
    }

    static func withdraw(_ id: Identifier<ErasureRecord>, _ tx: TenantTransaction) -> SQL {
        "UPDATE erasures SET status = 'withdrawn' WHERE tenant_id = \(tx.tenant) AND id = \(id)"
    }

    static func postpone(_ id: Identifier<ErasureRecord>, to due: Date, _ tx: TenantTransaction) -> SQL {
        "UPDATE erasures SET due_at = \(due) WHERE tenant_id = \(tx.tenant) AND id = \(id)"
    }

    static func announce(_ due: Date?, of user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        "UPDATE users SET erasure_at = \(due), updated_at = \(tx.now) WHERE tenant_id = \(tx.tenant) AND id = \(user)"
    }

    static func begin(_ id: Identifier<ErasureRecord>, _ subject: ErasureSubject, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        UPDATE erasures e
        SET status = 'running', started_at = \(tx.now), subject = \(try Wire.text(subject))::jsonb
        WHERE e.tenant_id = \(tx.tenant) AND e.id = \(id)
        RETURNING \(columns)
        """
    }

    static func erasure(_ id: Identifier<ErasureRecord>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(columns), e.subject
        FROM erasures e
        WHERE e.tenant_id = \(tenant) AND e.id = \(id)
        FOR UPDATE
        """
    }

    static func complete(_ id: Identifier<ErasureRecord>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE erasures
        SET status = 'completed', completed_at = \(tx.now), subject = NULL
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status = 'running'
        """
    }

    static func list(before number: Int?, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        ListQuery(columns, from: "erasures e", where: "e.tenant_id = \(tenant)", by: .descending(.whole("number")))
            .rows(after: number.map { "number < \($0)" }, limit: limit)
    }

    static func numbered(_ number: Int, tenant: Identifier<Tenant>) -> SQL {
        "SELECT \(columns) FROM erasures e WHERE e.tenant_id = \(tenant) AND e.number = \(number)"
    }

    static func places(_ id: Identifier<ErasureRecord>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT p.place, p.rows
        FROM erasure_places p
        WHERE p.tenant_id = \(tenant) AND p.erasure_id = \(id) AND p.rows > 0
        ORDER BY p.place
        """
    }

    static func lockPerson(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT u.id FROM users u WHERE u.tenant_id = \(tenant) AND u.id = \(id) FOR UPDATE"
    }

    static func joined(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id
        FROM candidate_merges m
        JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.merged_id AND u.status = 'sourced'
        WHERE m.tenant_id = \(tenant) AND m.kept_id = \(id) AND m.undone_at IS NULL
        ORDER BY u.id
        FOR UPDATE OF u
        """
    }

    static func person(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT u.roles FROM users u WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND u.status <> 'deleted'"
    }
}

/// How far an erasure has come, written together with what it did.
enum ProgressQueries {
    static func done(_ id: Identifier<ErasureRecord>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT p.place, p.is_done, p.reached FROM erasure_places p WHERE p.tenant_id = \(tenant) AND p.erasure_id = \(id)"
    }

    static func add(_ rows: Int, at place: String, reached: UUID?, _ erasure: ErasureKey) -> SQL {
        """
        INSERT INTO erasure_places AS p (tenant_id, erasure_id, place, rows, reached)
        VALUES (\(erasure.tenant), \(erasure.id), \(place), \(rows), \(reached))
        ON CONFLICT (tenant_id, erasure_id, place) DO UPDATE
        SET rows = p.rows + EXCLUDED.rows, reached = COALESCE(EXCLUDED.reached, p.reached)
        """
    }

    static func finish(_ place: String, _ erasure: ErasureKey) -> SQL {
        """
        INSERT INTO erasure_places AS p (tenant_id, erasure_id, place, rows, is_done)
        VALUES (\(erasure.tenant), \(erasure.id), \(place), 0, true)
        ON CONFLICT (tenant_id, erasure_id, place) DO UPDATE
        SET is_done = true, reached = NULL
        """
    }

    static func startOver(_ erasure: ErasureKey) -> SQL {
        """
        UPDATE erasure_places
        SET is_done = false, reached = NULL
        WHERE tenant_id = \(erasure.tenant) AND erasure_id = \(erasure.id)
        """
    }
}

/// An erasure in progress.
struct ErasureKey: Sendable {
    let tenant: Identifier<Tenant>
    let id: Identifier<ErasureRecord>
}
