package import Kernel
import Postgres

/// Adds the payload digests to events from before those existed, in the order of their numbers. It continues where it stopped.
struct SealEvents: Work {
    static let name = "events.seal"
    static let lane = Lane.heavy

    /// The last number that has been sealed.
    let after: Int
}

package struct EventsSealed: Event {
    package static let name = "log.sealed"
    package static let summary = "All events from before payloads had digests now have theirs; `seal` is the end of the chain over these."
    package static var sample: Self {
        EventsSealed(tenant: .placeholder, through: 812, seal: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    }
    package let tenant: Identifier<Tenant>
    /// The number of the last of them.
    package let through: Int
    package let seal: String
    package var subject: EventSubject { EventSubject("tenant", tenant) }
}

extension Administration {
    private static let batch = 500
    /// After this many batches another work item continues, so that none takes long.
    private static let batchesOfOnePiece = 20

    package var work: [WorkHandler] { [WorkHandler(sealEvents)] }

    func sealEvents(_ work: SealEvents, as system: SystemActor) async throws {
        var after = work.after
        for _ in 0..<Self.batchesOfOnePiece {
            guard let last = try await sealBatch(after: after, system.tenant) else { return try await concludeSealing(system) }
            after = last
        }
        let next = SealEvents(after: after)
        try await store.transaction(as: system) { tx in try tx.enqueue(next, WorkOptions(uniqueKey: "seal")) }
    }

    /// All of a tenant's, for code that is about to change payloads.
    package func sealEvents(of tenant: Identifier<Tenant>) async throws(Failure) {
        var after: Int? = 0
        while let last = after { after = try await sealBatch(after: last, tenant) }
    }

    /// The last number that it sealed; nil if nothing is left.
    private func sealBatch(after: Int, _ tenant: Identifier<Tenant>) async throws(Failure) -> Int? {
        try await door.upkeep { transaction in
            let statements = [SealQueries.lock(tenant), SealQueries.seal(after: after, batch: Self.batch, tenant)]
            return try await transaction.last(statements)[1].first?("last")
        }
    }

    /// Records the result of the sealing in the log itself, once.
    private func concludeSealing(_ system: SystemActor) async throws(Failure) {
        try await store.transaction(as: system) { tx in
            tx.queue(SealQueries.lock(tx.tenant))
            guard let row = try await tx.first(SealQueries.unsaid(tx.tenant)) else { return }
            try tx.append(EventsSealed(tenant: tx.tenant, through: row("sequence"), seal: row("seal")))
        }
    }
}

private enum SealQueries {
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('seal ' || \(tenant.description), 0))"
    }

    static func seal(after: Int, batch: Int, _ tenant: Identifier<Tenant>) -> SQL {
        """
        WITH unsealed AS (
            SELECT e AS event, e.id, e.sequence, row_number() OVER (ORDER BY e.sequence)::int AS place
            FROM events e
            WHERE e.tenant_id = \(tenant) AND e.sequence > \(after) AND e.digest IS NULL
            ORDER BY e.sequence
            LIMIT \(batch)::int
        ), salted AS (
            SELECT
                u.event, u.id, u.sequence,
                COALESCE((u.event).salt, substring(\(EventSalt.make(batch))::bytea FROM (u.place - 1) * \(EventSalt.length) + 1 FOR \(EventSalt.length))) AS salt
            FROM unsealed u
        ), committed AS (
            SELECT s.event, s.id, s.sequence, s.salt, payload_digest(s.salt, (s.event).payload) AS digest
            FROM salted s
        ), head AS (
            SELECT COALESCE(
                (
                    SELECT e.seal
                    FROM events e
                    WHERE e.tenant_id = \(tenant) AND e.seal IS NOT NULL AND e.sequence < (SELECT min(u.sequence) FROM unsealed u)
                    ORDER BY e.sequence DESC
                    LIMIT 1
                ),
                first_hash()
            ) AS seal
        ), sealed AS (
            SELECT
                c.id, c.sequence, c.salt, c.digest,
                chained_hash(h.seal, committed_entry(c.event, c.sequence, c.digest)) OVER (ORDER BY c.sequence ROWS UNBOUNDED PRECEDING) AS seal
            FROM committed c
            CROSS JOIN head h
        ), written AS (
            UPDATE events e
            SET salt = s.salt, digest = s.digest, seal = s.seal
            FROM sealed s
            WHERE e.tenant_id = \(tenant) AND e.id = s.id
            RETURNING e.sequence
        )
        SELECT max(sequence) AS last FROM written
        """
    }

    /// The last seal, if the log doesn't mention it yet.
    static func unsaid(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT last.sequence, encode(last.seal, 'hex') AS seal
        FROM (
            SELECT e.sequence, e.seal
            FROM events e
            WHERE e.tenant_id = \(tenant) AND e.seal IS NOT NULL
            ORDER BY e.sequence DESC
            LIMIT 1
        ) last
        WHERE NOT EXISTS (
            SELECT
            FROM events said
            WHERE said.tenant_id = \(tenant) AND said.name = \(EventsSealed.name) AND (said.payload ->> 'through')::bigint = last.sequence
        )
        """
    }
}
