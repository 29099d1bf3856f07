package import Foundation
package import Postgres

extension TenantTransaction {
    func appendStatement(_ id: Identifier<EventRecord>, name: String, subject: EventSubject, payload: String, followUps: [String]) -> SQL {
        """
        WITH appended AS (
            INSERT INTO events (
                tenant_id, id, name, subject_kind, subject_id, actor_kind, actor_id, cause_id, depth, request_id, payload, salt, occurred_at
            )
            VALUES (
                \(tenant), \(id), \(name), \(subject.kind), \(subject.id), \(caller.actor.kind), \(caller.actor.id), \(caller.cause),
                \(caller.depth), \(caller.origin.requestID), \(payload)::jsonb, \(EventSalt.make()), \(now)
            )
            RETURNING tenant_id, id, name, depth
        )
        INSERT INTO work (tenant_id, id, name, payload, cause_id, depth, run_at, created_at)
        SELECT a.tenant_id, gen_random_uuid(), n.work_name, jsonb_build_object('event', a.id), a.id, a.depth + 1, \(now), \(now)
        FROM appended a
        CROSS JOIN LATERAL (
            SELECT s.work_name
            FROM event_subscriptions s
            WHERE s.tenant_id = \(tenant) AND s.event_name = a.name
            UNION ALL
            SELECT f.work_name FROM unnest(\(followUps)::text[]) f (work_name)
        ) n
        """
    }

    func enqueueStatement(_ name: String, payload: String, _ options: WorkOptions) -> SQL {
        """
        INSERT INTO work (tenant_id, id, name, payload, unique_key, priority, cause_id, depth, run_at, created_at)
        VALUES (
            \(tenant), \(Identifier<WorkRecord>()), \(name), \(payload)::jsonb, \(options.uniqueKey), \(options.priority), \(caller.cause),
            \(caller.depth), \(options.notBefore ?? now), \(now)
        )
        ON CONFLICT (tenant_id, name, unique_key) WHERE state = 'waiting' DO NOTHING
        """
    }
}

/// Random bytes at the start of an event's digest, so that nobody who has the digest can guess the payload.
package enum EventSalt {
    package static let length = 32

    /// Salts, one after another, from the system's secure generator.
    package static func make(_ count: Int = 1) -> Data {
        Data(randomBytes(count * length))
    }
}

/// For code that writes to the log other than by appending.
package enum EventLog {
    /// An arbitrary number that nothing else locks.
    private static let number = 0x7465_6e75_7365_7175

    /// Until the transaction ends, nobody else assigns numbers or digests.
    package static var lockNumbering: SQL { "SELECT pg_advisory_xact_lock(\(number)::bigint)" }
}

/// Tag for rows of the work queue.
package enum WorkRecord {}
