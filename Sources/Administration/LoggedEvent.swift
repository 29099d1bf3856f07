package import Foundation
package import Kernel
import Postgres

/// One row of the event log.
package struct LoggedEvent: Codable, Sendable {
    package struct Actor: Codable, Sendable {
        package let kind: String
        package let id: UUID?
        /// Set if the actor is one of the tenant's own people or rules.
        package internal(set) var name: String?
    }

    package let id: Identifier<EventRecord>
    /// Its place in the tenant's log; absent until the sequencer has numbered it, a moment later.
    package let sequence: Int?
    package let name: String
    /// The name of the payload's schema in the event catalogue.
    package let schema: String
    package let subject: EventSubject
    package internal(set) var actor: Actor
    /// The event that led to this one.
    package let cause: Identifier<EventRecord>?
    package let requestId: String?
    package let payload: JSON
    package let occurredAt: Date
    /// SHA-256 over the previous event's hash and this event, in hexadecimal.
    package let hash: String?

    init(_ row: Row, schemas: [String: String]) throws {
        let name: String = try row("name")
        id = try row("id")
        sequence = try row("sequence")
        self.name = name
        schema = schemas[name] ?? name
        subject = EventSubject(try row("subject_kind"), Identifier<EventSubject>(try row("subject_id") as UUID))
        actor = Actor(kind: try row("actor_kind"), id: try row("actor_id"), name: try row("actor_name"))
        cause = try row("cause_id")
        let request: String = try row("request_id")
        requestId = request.isEmpty ? nil : request
        payload = try row.json("payload")
        occurredAt = try row("occurred_at")
        hash = try row("hash")
    }
}
