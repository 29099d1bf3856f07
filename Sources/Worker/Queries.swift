import Foundation
import Kernel
import Postgres

/// The queue's statements. Claiming crosses tenants and so goes through `OperatorDoor`.
enum WorkSQL {
    /// Fair between tenants: a tenant's next item ranks behind as many as it already has running or in line, ties are broken at random, and
    /// priority and age decide within a tenant. The queue is read by skipping through an index, one probe for each kind of work, tenant and
    /// priority: however many items one tenant has, they are not read. More are looked at than are taken, since other processes may be
    /// taking the same ones; only those that are taken are locked.
    /// Only names that this process knows are claimed: another version of the server may know the rest. Of items whose worker died, at most
    /// `suspects` are taken: one of them may be the cause.
    static func claim(
        _ names: [String],
        limit: Int,
        _ share: WorkQueue.Share,
        suspects: Int,
        lease: UUID,
        now: Date,
        until: Date
    ) -> SQL {
        """
        WITH RECURSIVE line AS (
            SELECT n.name, f.tenant_id, f.priority
            FROM unnest(\(names)::text[]) n (name)
            CROSS JOIN LATERAL (
                SELECT w.tenant_id, w.priority
                FROM work w
                WHERE w.state = 'waiting' AND w.name = n.name
                ORDER BY w.tenant_id, w.priority
                LIMIT 1
            ) f
            UNION ALL
            SELECT l.name, f.tenant_id, f.priority
            FROM line l
            CROSS JOIN LATERAL (
                SELECT w.tenant_id, w.priority
                FROM work w
                WHERE w.state = 'waiting' AND w.name = l.name AND (w.tenant_id, w.priority) > (l.tenant_id, l.priority)
                ORDER BY w.tenant_id, w.priority
                LIMIT 1
            ) f
        ), due AS (
            SELECT
                l.tenant_id, w.id, random() AS lot,
                COALESCE(b.items, 0) + row_number() OVER (PARTITION BY l.tenant_id ORDER BY l.priority, w.run_at) AS turn
            FROM line l
            JOIN tenants t ON t.id = l.tenant_id AND t.status = 'active'
            LEFT JOIN unnest(\(share.busy.keys.map(\.uuid))::uuid[], \(Array(share.busy.values))::int[]) b (tenant_id, items)
                ON b.tenant_id = l.tenant_id
            CROSS JOIN LATERAL (
                SELECT w.id, w.run_at
                FROM work w
                WHERE w.state = 'waiting' AND w.name = l.name AND w.tenant_id = l.tenant_id AND w.priority = l.priority AND w.run_at <= \(now)
                ORDER BY w.run_at
                LIMIT \(2 * limit)::int
            ) w
        ), lapsed AS (
            SELECT w.tenant_id, w.id
            FROM work w
            WHERE w.state = 'leased' AND w.leased_until < \(now) AND w.name = ANY(\(names)::text[])
            ORDER BY w.losses, w.leased_until
            LIMIT \(suspects)::int
            FOR UPDATE SKIP LOCKED
        ), fresh AS (
            SELECT w.tenant_id, w.id
            FROM due d
            JOIN work w ON w.tenant_id = d.tenant_id AND w.id = d.id
            WHERE d.turn <= \(share.most)::int AND w.state = 'waiting' AND w.run_at <= \(now)
            ORDER BY d.turn, d.lot
            LIMIT \(limit)::int - (SELECT count(*) FROM lapsed)
            FOR UPDATE OF w SKIP LOCKED
        ), chosen AS MATERIALIZED (
            SELECT tenant_id, id FROM lapsed
            UNION ALL
            SELECT tenant_id, id FROM fresh
        )
        UPDATE work w
        SET state = 'leased', lease = \(lease), leased_until = \(until), attempts = w.attempts + 1,
            losses = w.losses + (w.state = 'leased')::int,
            last_error = CASE WHEN w.state = 'leased' THEN 'Its worker ended in the middle of it.' ELSE w.last_error END
        FROM chosen c
        WHERE w.tenant_id = c.tenant_id AND w.id = c.id
        RETURNING w.tenant_id, w.id, w.name, w.payload, w.attempts, w.losses, w.cause_id, w.depth, w.lease, w.run_at
        """
    }

    /// Returns the items that are still ours.
    static func renew(_ items: [WorkItem], until: Date) -> SQL {
        """
        UPDATE work w
        SET leased_until = \(until)
        FROM unnest(
            \(items.map(\.tenant.uuid))::uuid[], \(items.map(\.id.uuid))::uuid[], \(items.map(\.lease))::uuid[]
        ) AS held (tenant_id, id, lease)
        WHERE w.tenant_id = held.tenant_id AND w.id = held.id AND w.state = 'leased' AND w.lease = held.lease
        RETURNING w.id
        """
    }

    static func finish(_ item: WorkItem) -> SQL {
        "DELETE FROM work WHERE \(mine(item))"
    }

    /// Puts an item back in line. If another with the same unique key is waiting by then, that one stands for both.
    static func putBack(_ item: WorkItem, at time: Date, attempts: Int, losses: Int, error: String?) -> SQL {
        """
        WITH replaced AS (
            DELETE FROM work w
            WHERE \(mine(item)) AND EXISTS (
                SELECT FROM work o
                WHERE o.tenant_id = w.tenant_id AND o.name = w.name AND o.unique_key = w.unique_key AND o.state = 'waiting'
            )
            RETURNING w.id
        )
        UPDATE work
        SET state = 'waiting', lease = NULL, leased_until = NULL, run_at = \(time), attempts = \(attempts), losses = \(losses),
            last_error = COALESCE(\(error), last_error)
        WHERE \(mine(item)) AND NOT EXISTS (SELECT FROM replaced)
        """
    }

    static func bury(_ item: WorkItem, error: String) -> SQL {
        "UPDATE work SET state = 'dead', lease = NULL, leased_until = NULL, last_error = \(error) WHERE \(mine(item))"
    }

    private static func mine(_ item: WorkItem) -> SQL {
        "tenant_id = \(item.tenant) AND id = \(item.id) AND state = 'leased' AND lease = \(item.lease)"
    }

    /// Enqueues what is due and moves each schedule to its next time after now: after an outage it runs once, not once for each time
    /// missed.
    static func enqueueDue(now: Date) -> SQL {
        """
        WITH due AS (
            SELECT s.tenant_id, s.name, t.settings ->> 'timeZone' AS time_zone
            FROM schedules s
            JOIN tenants t ON t.id = s.tenant_id AND t.status = 'active'
            WHERE s.next_run_at <= \(now)
            ORDER BY s.next_run_at
            LIMIT 200
            FOR UPDATE OF s SKIP LOCKED
        ), advanced AS (
            UPDATE schedules s
            SET last_due_at = s.next_run_at,
                next_run_at = CASE
                    WHEN s.at_time IS NULL THEN s.next_run_at + make_interval(secs => s.every_seconds) * (
                        floor(extract(epoch FROM \(now)::timestamptz - s.next_run_at) / s.every_seconds) + 1
                    )
                    ELSE next_local_run(\(now), s.next_run_at, s.every_seconds / 86400, s.at_time, s.days, d.time_zone)
                END
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

    /// How many items of each kind are due and waiting, counted up to `most`.
    static func depth(_ names: [String], now: Date, most: Int) -> SQL {
        """
        SELECT
            n.name,
            (
                SELECT count(*)
                FROM (SELECT FROM work w WHERE w.state = 'waiting' AND w.name = n.name AND w.run_at <= \(now) LIMIT \(most)::int) due
            ) AS items
        FROM unnest(\(names)::text[]) n (name)
        """
    }

    static func notify(_ channel: String, _ payload: String) -> SQL {
        "SELECT pg_notify(\(channel), \(payload))"
    }
}
