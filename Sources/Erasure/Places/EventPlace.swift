import Administration
import Foundation
import Kernel
import Postgres

/// The payloads of the event log. An event that loses personal parts loses its salt, so that nobody can guess them from the digest; the
/// digest stays, and with it the chain.
struct EventPlace: ErasurePlace {
    let declarations: [String: [PersonalPart]]
    let name = "events"

    func count(_ subject: ErasureSubject, _ door: OperatorDoor) async throws(Failure) -> [String: Int] {
        let redaction = Redaction(subject)
        var total = 0
        var after: UUID?
        repeat {
            let window = try await next(after, subject, door)
            let rows = try await door.upkeep(EventPlaceQueries.rows(window, subject, isLocked: false))
            total += try reading { try rows.count { try redacted($0, redaction) != nil } }
            after = window.end
        } while after != nil
        return [name: total]
    }

    func erase(
        _ subject: ErasureSubject,
        _ key: ErasureKey,
        after reached: UUID?,
        until deadline: ContinuousClock.Instant,
        _ erasure: Erasure
    ) async throws -> Bool {
        // In older events the chain covers the payload itself until they are sealed.
        if reached == nil { try await erasure.administration.sealEvents(of: subject.tenant) }
        let redaction = Redaction(subject)
        var after = reached
        repeat {
            if ContinuousClock.now > deadline { return false }
            let window = try await next(after, subject, erasure.door)
            try await erasure.door.upkeep { transaction in
                // The sequencer must not commit to a payload that it read before this changed it.
                _ = try await transaction.query(EventLog.lockNumbering)
                let rows = try await transaction.query(EventPlaceQueries.rows(window, subject, isLocked: true))
                let updates = try rows.compactMap { row -> SQL? in
                    guard let payload = try redacted(row, redaction) else { return nil }
                    return EventPlaceQueries.update(try row("id"), payload, key)
                }
                _ = try await transaction.last(updates + [ProgressQueries.add(updates.count, at: name, reached: window.end, key)])
            }
            after = window.end
        } while after != nil
        return true
    }

    private func next(_ after: UUID?, _ subject: ErasureSubject, _ door: OperatorDoor) async throws(Failure) -> Window {
        try await Window.next(in: "events", after: after, "t.tenant_id = \(subject.tenant)", door)
    }

    private func redacted(_ row: Row, _ redaction: Redaction) throws -> JSON? {
        let payload = try JSON(parsing: row.raw("payload") ?? [], depth: Redaction.mostLevels)
        let changed = redaction.redacted(payload, declarations[try row("name")] ?? [], actor: try row("actor_id"))
        return changed == payload ? nil : changed
    }
}

private enum EventPlaceQueries {
    static func rows(_ window: Window, _ subject: ErasureSubject, isLocked: Bool) -> SQL {
        let locking: SQL = isLocked ? "FOR UPDATE OF t" : ""
        return """
            SELECT t.id, t.name, t.actor_id, t.payload
            FROM events t
            WHERE t.tenant_id = \(subject.tenant) AND \(window.condition) AND (t.sequence IS NULL OR t.digest IS NOT NULL)
                AND (
                    t.subject_id = ANY(\(subject.ids)::uuid[]) OR t.actor_id = ANY(\(subject.people)::uuid[])
                    OR EXISTS (
                        SELECT
                        FROM unnest(\(Redaction.needles(of: subject))::text[]) AS needle (word)
                        WHERE strpos(lower(t.payload::text), needle.word) > 0
                    )
                )
            \(locking)
            """
    }

    /// An event without a number yet is committed to as it is now.
    static func update(_ id: UUID, _ payload: JSON, _ key: ErasureKey) -> SQL {
        """
        UPDATE events
        SET payload = \(payload.text)::jsonb, salt = CASE WHEN digest IS NULL THEN salt END,
            erasure_id = CASE WHEN digest IS NULL THEN erasure_id ELSE \(key.id)::uuid END
        WHERE tenant_id = \(key.tenant) AND id = \(id)
        """
    }
}
