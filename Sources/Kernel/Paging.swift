package import Postgres

/// Where a person pages: which page, how many on it. Whoever reads on from a cursor names no page.
package struct PageRequest: Sendable {
    /// Pages reach so many rows: skipping more costs more than it is worth to anybody.
    package static let mostRows = 10_000

    package let page: Int
    package let limit: Int
    package let cursor: ListCursor?

    package init(page: PageNumber?, limit: Bounded<1, 100>?, cursor: ListCursor?) throws(Failure) {
        if cursor != nil, page != nil { throw .validation("page", "Must be left out beside cursor.") }
        try self.init(
            page,
            limit,
            cursor,
            beyond: "Pages reach the first 10,000 rows. Beyond them send nextCursor of the last page as cursor."
        )
    }

    /// For a list without a cursor.
    package init(page: PageNumber?, limit: Bounded<1, 100>?) throws(Failure) {
        try self.init(page, limit, nil, beyond: "Pages reach the first 10,000 rows.")
    }

    private init(_ page: PageNumber?, _ limit: Bounded<1, 100>?, _ cursor: ListCursor?, beyond message: String) throws(Failure) {
        self.page = page?.value ?? 1
        self.limit = limit?.value ?? 20
        self.cursor = cursor
        guard self.page * self.limit <= Self.mostRows else { throw .validation("page", message) }
    }

    package var offset: Int { (page - 1) * limit }
}

package typealias PageNumber = Bounded<1, 10_000>

/// One page of a list that a person pages through.
package struct Page<Item: Codable & Sendable>: Codable, Sendable {
    package struct Pagination: Codable, Sendable {
        package let total: Int
        package let page: Int
        package let limit: Int
        package let pages: Int
        /// True if there are more than `total`: counting stopped there.
        package let isAtLeast: Bool?

        package init(total: Int, request: PageRequest) {
            let counted = min(total, ListQuery.mostCounted)
            self.total = counted
            page = request.page
            limit = request.limit
            pages = (counted + request.limit - 1) / request.limit
            isAtLeast = total > ListQuery.mostCounted ? true : nil
        }
    }

    package let items: [Item]
    /// Absent where somebody reads on from a cursor.
    package let pagination: Pagination?
    /// What to send as `cursor` to read on; absent at the end.
    package let nextCursor: String?
}

extension Page {
    /// From the rows of `ListQuery.page`.
    package init(_ rows: Rows, request: PageRequest, _ item: (Row) throws -> Item) throws(Failure) {
        self = try reading {
            let listed = try rows.filter { try $0.raw("listed") != nil }
            let hasMore = listed.count > request.limit
            return Page(
                items: try listed.prefix(request.limit).map(item),
                pagination: request.cursor == nil
                    ? Pagination(total: try rows.first?("total") as Int? ?? 0, request: request) : nil,
                nextCursor: hasMore ? ListCursor.text(of: try listed[request.limit - 1]("place")) : nil
            )
        }
    }

    /// The same page with each item changed.
    package func map(_ change: (Item) -> Item) -> Page {
        Page(items: items.map(change), pagination: pagination, nextCursor: nextCursor)
    }
}

/// Part of a list that a program reads in turn: send `nextCursor` as `cursor` for the next part; it is absent at the end.
package struct CursorPage<Item: Codable & Sendable>: Codable, Sendable {
    package let items: [Item]
    package let nextCursor: String?

    package init(_ items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }

    /// From rows queried with one more than may be shown: the extra one tells that the list goes on.
    package init(_ found: [Item], limit: Int, cursor: (Item) -> String) {
        self.init(Array(found.prefix(limit)), nextCursor: found.count > limit ? cursor(found[limit - 1]) : nil)
    }
}

/// A whole list that is never long.
package struct Items<Item: Codable & Sendable>: Codable, Sendable {
    package let items: [Item]
    package init(_ items: [Item]) { self.items = items }
}
