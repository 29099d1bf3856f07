import Foundation
import Kernel
import Postgres

/// The queue's statements. Claiming crosses tenants and so goes through the operator's door.
enum WorkSQL {
    /// Fair between tenants: a tenant's next piece ranks behind as many as it already has in hand or in line, lots decide between equals,
    /// and priority and age decide within a tenant. Tenants with work are found by skipping through the index, one probe each.
    /// Only names that this process can do are claimed: another version of the server may know the rest. Of those whose worker died, as many
    /// as `suspects` are: one of them may be why.
    static func claim(_ names: [String], limit: Int, suspects: Int, lease: UUID, now: Date, until: Date) -> SQL {
        """
        WITH RECURSIVE busy AS (
            (SELECT tenant_id FROM work WHERE state = 'waiting' ORDER BY tenant_id LIMIT 1)
            UNION ALL
            SELECT (
                SELECT w.tenant_id FROM work w WHERE w.state = 'waiting' AND w.tenant_id > b.tenant_id ORDER BY w.tenant_id LIMIT 1
            )
            FROM busy b
            WHERE b.tenant_id IS NOT NULL
        ), held AS (
            SELECT tenant_id, count(*) AS pieces FROM work WHERE state = 'leased' GROUP BY tenant_id
        ), due AS (
            SELECT
                w.tenant_id, w.id, random() AS lot,
                COALESCE(h.pieces, 0) + row_number() OVER (PARTITION BY w.tenant_id ORDER BY w.priority, w.run_at) AS turn
            FROM busy b
            JOIN tenants t ON t.id = b.tenant_id AND t.status = 'active'
            LEFT JOIN held h ON h.tenant_id = b.tenant_id
            CROSS JOIN LATERAL (
                SELECT w.tenant_id, w.id, w.priority, w.run_at
                FROM work w
                WHERE w.tenant_id = b.tenant_id AND w.state = 'waiting' AND w.run_at <= \(now) AND w.name = ANY(\(names)::text[])
                ORDER BY w.priority, w.run_at
                LIMIT \(limit)::int
                FOR UPDATE SKIP LOCKED
            ) w
        ), lapsed AS (
            SELECT w.tenant_id, w.id
            FROM work w
            WHERE w.state = 'leased' AND w.leased_until < \(now) AND w.name = ANY(\(names)::text[])
            ORDER BY w.losses, w.leased_until
            LIMIT \(suspects)::int
            FOR UPDATE SKIP LOCKED
        ), fresh AS (
            SELECT d.tenant_id, d.id FROM due d ORDER BY d.turn, d.lot LIMIT \(limit)::int
        ), chosen AS MATERIALIZED (
            SELECT tenant_id, id FROM lapsed
            UNION ALL
            SELECT tenant_id, id FROM fresh
            LIMIT \(limit)::int
        )
        UPDATE work w
        SET state = 'leased', lease = \(lease), leased_until = \(until), attempts = w.attempts + 1,
            losses = w.losses + (w.state = 'leased')::int,
            last_error = CASE WHEN w.state = 'leased' THEN 'Its worker ended in the middle of it.' ELSE w.last_error END
        FROM chosen c
        WHERE w.tenant_id = c.tenant_id AND w.id = c.id
        RETURNING w.tenant_id, w.id, w.name, w.payload, w.attempts, w.losses, w.cause_id, w.depth, w.lease
        """
    }

    /// Returns the pieces that are still ours.
    static func renew(_ pieces: [Piece], until: Date) -> SQL {
        """
        UPDATE work w
        SET leased_until = \(until)
        FROM unnest(
            \(pieces.map(\.tenant.uuid))::uuid[], \(pieces.map(\.id.uuid))::uuid[], \(pieces.map(\.lease))::uuid[]
        ) AS held (tenant_id, id, lease)
        WHERE w.tenant_id = held.tenant_id AND w.id = held.id AND w.state = 'leased' AND w.lease = held.lease
        RETURNING w.id
        """
    }

    static func finish(_ piece: Piece) -> SQL {
        "DELETE FROM work WHERE \(mine(piece))"
    }

    /// Puts a piece back in line. Where another with the same unique key has come to wait meanwhile, that one stands for both.
    static func putBack(_ piece: Piece, at time: Date, attempts: Int, losses: Int, error: String?) -> SQL {
        """
        WITH replaced AS (
            DELETE FROM work w
            WHERE \(mine(piece)) AND EXISTS (
                SELECT FROM work o
                WHERE o.tenant_id = w.tenant_id AND o.name = w.name AND o.unique_key = w.unique_key AND o.state = 'waiting'
            )
            RETURNING w.id
        )
        UPDATE work
        SET state = 'waiting', lease = NULL, leased_until = NULL, run_at = \(time), attempts = \(attempts), losses = \(losses),
            last_error = COALESCE(\(error), last_error)
        WHERE \(mine(piece)) AND NOT EXISTS (SELECT FROM replaced)
        """
    }

    static func bury(_ piece: Piece, error: String) -> SQL {
        "UPDATE work SET state = 'dead', lease = NULL, leased_until = NULL, last_error = \(error) WHERE \(mine(piece))"
    }

    private static func mine(_ piece: Piece) -> SQL {
        "tenant_id = \(piece.tenant) AND id = \(piece.id) AND state = 'leased' AND lease = \(piece.lease)"
    }

    /// Enqueues what is due and moves each schedule to its next time after now: after a standstill it runs once, not once for each time missed.
    static func enqueueDue(now: Date) -> SQL {
        """
        WITH due AS (
            SELECT s.tenant_id, s.name
            FROM schedules s
            JOIN tenants t ON t.id = s.tenant_id AND t.status = 'active'
            WHERE s.next_run_at <= \(now)
            ORDER BY s.next_run_at
            LIMIT 200
            FOR UPDATE OF s SKIP LOCKED
        ), advanced AS (
            UPDATE schedules s
            SET next_run_at = s.next_run_at + make_interval(secs => s.every_seconds) * (
                floor(extract(epoch FROM \(now)::timestamptz - s.next_run_at) / s.every_seconds) + 1
            )
            FROM due d
            WHERE s.tenant_id = d.tenant_id AND s.name = d.name
            RETURNING s.tenant_id, s.name, s.work_name, s.payload
        )
        INSERT INTO work (tenant_id, id, name, payload, unique_key, run_at, created_at)
        SELECT a.tenant_id, gen_random_uuid(), a.work_name, a.payload, 'schedule:' || a.name, \(now), \(now)
        FROM advanced a
        ON CONFLICT (tenant_id, name, unique_key) WHERE state = 'waiting' DO NOTHING
        """
    }

    static func notify(_ channel: String, _ payload: String) -> SQL {
        "SELECT pg_notify(\(channel), \(payload))"
    }
}
