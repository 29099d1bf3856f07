import Kernel
import Postgres

package struct MarkRead: Codable, Sendable {
    let id: Identifier<Notification>
}

package struct MarkedRead: Codable, Sendable {
    /// How many were unread before.
    package let marked: Int
}

extension Notifications {
    func markRead(_ input: MarkRead, by user: SignedIn) async throws(Failure) -> NotificationView {
        let rows = try await store.query(as: user, NotificationQueries.markRead(input.id, by: user, now: store.clock.now()))
        guard let row = rows.first else { throw .notificationNotFound }
        return try reading { try NotificationView(row) }
    }

    func markAllRead(_ input: NoInput, by user: SignedIn) async throws(Failure) -> MarkedRead {
        MarkedRead(
            marked: try await store.query(as: user, NotificationQueries.markAllRead(by: user, now: store.clock.now())).affectedRows
        )
    }
}
