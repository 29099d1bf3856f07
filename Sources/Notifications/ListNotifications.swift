package import Kernel
import Postgres

package struct ListNotifications: Codable, Sendable {
    let page: Bounded<1, 100_000>?
    let limit: Bounded<1, 100>?
}

package struct NotificationPage: Codable, Sendable {
    package let items: [NotificationView]
    package let pagination: Page<NotificationView>.Pagination
    /// How many of all notifications, not just on this page, are unread.
    package let unread: Int
}

extension Notifications {
    func list(_ input: ListNotifications, by user: SignedIn) async throws(Failure) -> NotificationPage {
        let request = PageRequest(page: input.page, limit: input.limit)
        let rows = try await store.query(as: user, NotificationQueries.list(request, of: user))
        let page = try Page(rows, request: request, NotificationView.init)
        let unread: Int = try reading { try rows.first?("unread") ?? 0 }
        return NotificationPage(items: page.items, pagination: page.pagination, unread: unread)
    }
}
