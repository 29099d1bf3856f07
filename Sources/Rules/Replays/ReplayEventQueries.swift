import Foundation
import Kernel
import Postgres

/// The past as recorded in the log.
enum ReplayEventQueries {
    /// Counts the events to replay and finds the first, unless that is already known.
    static func begin(_ replay: Replay, _ names: [String], _ tenant: Identifier<Tenant>, _ now: Date) -> SQL {
        let from: SQL = if let from = replay.from { "AND occurred_at >= \(from)" } else { "" }
        return """
            WITH newest AS (
                SELECT e.occurred_at
                FROM unnest(\(names)::text[]) AS n (name)
                CROSS JOIN LATERAL (
                    SELECT occurred_at, id
                    FROM events
                    WHERE tenant_id = \(tenant) AND name = n.name AND occurred_at <= \(replay.until) \(fragment: from)
                    ORDER BY occurred_at DESC, id DESC
                    LIMIT \(replay.last)
                ) AS e
                ORDER BY e.occurred_at DESC, e.id DESC
                LIMIT \(replay.last)
            )
            UPDATE script_replays
            SET status = 'running', started_at = COALESCE(started_at, \(now)),
                total = COALESCE(total, (SELECT count(*) FROM newest)),
                cursor_at = COALESCE(cursor_at, (SELECT min(occurred_at) FROM newest)),
                cursor_id = COALESCE(cursor_id, '00000000-0000-0000-0000-000000000000')
            WHERE tenant_id = \(tenant) AND id = \(replay.id) AND status IN ('queued', 'running')
            RETURNING id
            """
    }

    /// The next thousand events, with their subjects' statuses before and after, and with what the script's live versions did.
    static func page(
        of replay: Replay,
        names: [String],
        statusEvents: [String],
        from cursor: ReplayCursor,
        tenant: Identifier<Tenant>
    ) -> SQL {
        """
        WITH page AS (
            SELECT e.id, e.name, e.subject_kind, e.subject_id, e.actor_kind, e.actor_id, e.depth, e.payload, e.occurred_at
            FROM unnest(\(names)::text[]) AS n (name)
            CROSS JOIN LATERAL (
                SELECT id, name, subject_kind, subject_id, actor_kind, actor_id, depth, payload, occurred_at
                FROM events
                WHERE tenant_id = \(tenant) AND name = n.name AND (occurred_at, id) > (\(cursor.at), \(cursor.event))
                  AND occurred_at <= \(replay.until)
                ORDER BY occurred_at, id
                LIMIT 1000
            ) AS e
            ORDER BY e.occurred_at, e.id
            LIMIT 1000
        )
        SELECT page.id, page.name, page.subject_kind, page.subject_id, page.actor_kind, page.actor_id, page.depth, page.payload,
               page.occurred_at, COALESCE(\(fragment: ruleDid(replay, tenant)), '[]') AS rule_did,
               \(fragment: formerStatus(statusEvents, tenant)) AS former_status,
               COALESCE(later.statuses, '{}') AS later_statuses, COALESCE(later.decided, '{}') AS decided_statuses
        FROM page
        LEFT JOIN LATERAL (\(fragment: laterStatuses(statusEvents, tenant))) AS later ON true
        ORDER BY page.occurred_at, page.id
        """
    }

    private static func ruleDid(_ replay: Replay, _ tenant: Identifier<Tenant>) -> SQL {
        """
        (
            SELECT r.effects
            FROM script_runs r
            WHERE r.tenant_id = \(tenant) AND r.script_id = \(replay.script) AND r.hook = 'on' AND r.occasion = page.id::text
              AND r.mode = 'live' AND r.outcome = 'completed'
              AND NOT EXISTS (
                  SELECT FROM script_held h WHERE h.tenant_id = r.tenant_id AND h.run_id = r.id AND h.state <> 'released'
              )
            LIMIT 1
        )
        """
    }

    private static func formerStatus(_ names: [String], _ tenant: Identifier<Tenant>) -> SQL {
        """
        (
            SELECT e.payload -> e.subject_kind ->> 'status'
            FROM events e
            WHERE e.tenant_id = \(tenant) AND e.subject_kind = page.subject_kind AND e.subject_id = page.subject_id
              AND e.name = ANY(\(names)::text[]) AND (e.occurred_at, e.id) < (page.occurred_at, page.id)
            ORDER BY e.occurred_at DESC, e.id DESC
            LIMIT 1
        )
        """
    }

    private static func laterStatuses(_ names: [String], _ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT array_agg(s.status ORDER BY s.occurred_at, s.id) AS statuses,
               array_agg(s.status ORDER BY s.occurred_at, s.id) FILTER (WHERE s.actor_kind = 'user') AS decided
        FROM (
            SELECT e.occurred_at, e.id, e.actor_kind, e.payload -> e.subject_kind ->> 'status' AS status
            FROM events e
            WHERE e.tenant_id = \(tenant) AND e.subject_kind = page.subject_kind AND e.subject_id = page.subject_id
              AND e.name = ANY(\(names)::text[]) AND (e.occurred_at, e.id) > (page.occurred_at, page.id)
              AND e.payload -> e.subject_kind ->> 'status' IS NOT NULL
            ORDER BY e.occurred_at, e.id
            LIMIT 50
        ) AS s
        """
    }

    /// A thing as of its newest event up to that moment.
    static func past(_ question: ReplayQuestion, tenant: Identifier<Tenant>) -> SQL {
        let moment: SQL = question.isBefore ? "<" : "<="
        return """
            SELECT payload -> subject_kind AS entity
            FROM events
            WHERE tenant_id = \(tenant) AND subject_kind = \(question.kind) AND subject_id = \(question.id)
              AND (occurred_at, id) \(moment) (\(question.at.at), \(question.at.event)) AND payload ? subject_kind
            ORDER BY occurred_at DESC, id DESC
            LIMIT 1
            """
    }
}

extension PastEvent {
    init(_ row: Row) throws {
        let bytes = try row.raw("payload") ?? []
        let actor: String = try row("actor_kind")
        let ruleDid: JSON = try row.json("rule_did")
        self.init(
            id: try row("id"),
            name: try row("name"),
            subject: EventSubject(kind: try row("subject_kind"), id: try row("subject_id")),
            actor: EventActor.json(actor, try row("actor_id")),
            isByUser: actor == "user",
            depth: try row("depth"),
            bytes: Data(bytes),
            payload: try JSON(parsing: bytes),
            occurredAt: try row("occurred_at"),
            ruleDid: ruleDid.elements.filter { StoreEffect(rawValue: $0["operation"]?.string ?? "") == nil },
            formerStatus: try row("former_status"),
            laterStatuses: try row("later_statuses"),
            decidedStatuses: try row("decided_statuses")
        )
    }
}
