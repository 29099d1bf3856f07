package import Kernel
import Postgres

package struct ListNotifications: Codable, Sendable {
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

package struct NotificationPage: Codable, Sendable {
    package let items: [NotificationView]
    package let pagination: Page<NotificationView>.Pagination?
    package let nextCursor: String?
    /// How many of all notifications, not just on this page, are unread; at most as many as are counted.
    package let unread: Int
}

extension Notifications {
    func list(_ input: ListNotifications, by user: SignedIn) async throws(Failure) -> NotificationPage {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(as: user, try NotificationQueries.list(request, of: user))
        let page = try Page(rows, request: request, NotificationView.init)
        let unread: Int = try reading { try rows.first?("unread") ?? 0 }
        return NotificationPage(items: page.items, pagination: page.pagination, nextCursor: page.nextCursor, unread: unread)
    }
}
