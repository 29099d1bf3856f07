import Crypto
package import Foundation
package import Kernel
import Postgres

/// What a message of a capability is about, and when that was. Work that is repeated tells of the same occasion, and only once.
package struct Occasion: Sendable {
    let name: String
    let moment: Date

    package init(_ name: String, at moment: Date) {
        self.name = name
        self.moment = moment
    }

    /// A UUIDv7 of that moment: what is random in others comes from the name and the reader.
    func id(for user: Identifier<User>) -> UUID {
        var bytes = Array(SHA256.hash(data: Data("\(name) \(user)".utf8)).prefix(16))
        let milliseconds = UInt64(max(0, moment.timeIntervalSince1970) * 1000)
        for place in 0..<6 { bytes[place] = UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * UInt64(place))) }
        bytes[6] = 0x70 | bytes[6] & 0x0F
        bytes[8] = 0x80 | bytes[8] & 0x3F
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

extension Notifications {
    /// A capability's own message to one reader, in their language, inside the product if they want it there. Says whether they want it by
    /// mail, which the capability writes itself. It appends no event: the one that led to it is in the log.
    package func tell(
        _ kind: NotificationKind,
        _ text: String,
        about subject: EventSubject,
        to user: Identifier<User>,
        of occasion: Occasion,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Bool {
        guard let way = try await way(to: user, for: kind, tx) else { return false }
        if way.inApp {
            let message = Message(kind: kind, text: text, about: subject)
            tx.queue(NotificationQueries.insert(occasion.id(for: user), message, to: user, tx))
        }
        return way.email
    }

    /// The same, with the text itself as the mail to those who want one.
    package func tellPlainly(
        _ kind: NotificationKind,
        _ text: String,
        about subject: EventSubject,
        to user: Identifier<User>,
        of occasion: Occasion,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        guard try await tell(kind, text, about: subject, to: user, of: occasion, tx) else { return }
        try tx.enqueue(SendNotification(id: occasion.id(for: user), user: user, text: text, writtenAt: tx.now, wasAskedFor: true))
    }

    private func way(to user: Identifier<User>, for kind: NotificationKind, _ tx: TenantTransaction) async throws(Failure) -> Ways? {
        try await tx.query(PreferenceQueries.ways(to: [user], for: kind, tx)).decoded(Ways.init).first
    }
}
