package import Postgres

/// A list, said once: what is shown of each row, where it comes from, which rows there are, and their order. The order names what is shown.
package struct ListQuery: Sendable {
    let columns: SQL
    let tables: SQL
    let filter: SQL
    let order: SQL

    package init(_ columns: SQL, from tables: SQL, where filter: SQL, by order: SQL) {
        self.columns = columns
        self.tables = tables
        self.filter = filter
        self.order = order
    }

    /// Counting stops there, so that a total costs no more than some pages, however long the list is.
    package static let mostCounted = 10_000

    /// One page, where a person pages. Each row carries the `total`, which stands beyond the last page too: then in one row that is not `listed`.
    /// `details` are joined to the page alone, as `page.id` and so on.
    package func page(_ request: PageRequest, details: SQL = "", joining: SQL = "") -> SQL {
        """
        SELECT counted.total, page.* \(details)
        FROM (
            SELECT count(*) AS total
            FROM (SELECT FROM \(tables) WHERE \(filter) LIMIT \(Self.mostCounted + 1)::int) AS few
        ) AS counted
        LEFT JOIN (
            SELECT *
            FROM (SELECT TRUE AS listed, \(columns) FROM \(tables) WHERE \(filter)) AS found
            ORDER BY \(order)
            LIMIT \(request.limit)::int OFFSET \(request.offset)::int
        ) AS page ON TRUE
        \(joining)
        ORDER BY \(order)
        """
    }

    /// What follows a cursor, where a program reads on: one more than may be shown, which tells that the list goes on. `position` says what lies
    /// behind the cursor, and is `TRUE` without one.
    package func stretch(after position: SQL?, limit: Int) -> SQL {
        """
        SELECT *
        FROM (SELECT \(columns) FROM \(tables) WHERE \(filter)) AS found
        WHERE \(position ?? "TRUE")
        ORDER BY \(order)
        LIMIT \(limit + 1)::int
        """
    }
}
