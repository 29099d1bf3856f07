package import Foundation
package import Kernel
import Postgres

/// Tag for notifications.
package enum Notification {}

package enum NotificationKind: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    /// Written by a rule or a colleague.
    case message
    /// A company that waits for an administrator, or their decision.
    case approval
    /// For candidates: how their application goes.
    case application
    /// An interview that one is invited to, and what becomes of it.
    case interview
    /// An interview that begins soon.
    case reminder
    /// For candidates: an offer, and what becomes of it.
    case offer
    /// For members: an answer of a candidate or a guest.
    case reply
    case test
}

/// A notification as its reader sees it.
package struct NotificationView: Codable, Sendable {
    package let id: Identifier<Notification>
    package let kind: NotificationKind
    package let text: String
    /// What it is about.
    package let subject: EventSubject?
    package let readAt: Date?
    package let createdAt: Date

    init(_ row: Row) throws {
        id = try row("id")
        kind = try row("kind")
        text = try row("text")
        subject = try row.subject()
        readAt = try row("read_at")
        createdAt = try row("created_at")
    }
}

extension Row {
    func subject() throws -> EventSubject? {
        guard let kind: String = try self("subject_kind"), let id: UUID = try self("subject_id") else { return nil }
        return EventSubject(kind, Identifier<EventSubject>(id))
    }
}
