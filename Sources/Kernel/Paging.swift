package import Postgres

/// Where a person pages: which page, how many on it.
package struct PageRequest: Sendable {
    package let page: Int
    package let limit: Int

    package init(page: Bounded<1, 100_000>?, limit: Bounded<1, 100>?) {
        self.page = page?.value ?? 1
        self.limit = limit?.value ?? 20
    }

    package var offset: Int { (page - 1) * limit }
}

/// One page of a list that a person pages through.
package struct Page<Item: Codable & Sendable>: Codable, Sendable {
    package struct Pagination: Codable, Sendable {
        package let total: Int
        package let page: Int
        package let limit: Int
        package let pages: Int
        /// True if there are more than `total`: counting stopped there.
        package let isAtLeast: Bool?
    }

    package let items: [Item]
    package let pagination: Pagination

    package init(_ items: [Item], total: Int, request: PageRequest) {
        self.items = items
        let counted = min(total, ListQuery.mostCounted)
        pagination = Pagination(
            total: counted,
            page: request.page,
            limit: request.limit,
            pages: (counted + request.limit - 1) / request.limit,
            isAtLeast: total > ListQuery.mostCounted ? true : nil
        )
    }
}

extension Page {
    /// From the rows of `ListQuery.page`.
    package init(_ rows: Rows, request: PageRequest, _ item: (Row) throws -> Item) throws(Failure) {
        let (items, total) = try reading {
            (try rows.filter { try $0.raw("listed") != nil }.map(item), try rows.first?("total") as Int? ?? 0)
        }
        self.init(items, total: total, request: request)
    }

    /// The same page with each item changed.
    package func map(_ change: (Item) -> Item) -> Page { Page(items: items.map(change), pagination: pagination) }

    private init(items: [Item], pagination: Pagination) {
        self.items = items
        self.pagination = pagination
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
