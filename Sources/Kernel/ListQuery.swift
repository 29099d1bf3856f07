package import Postgres

/// A list, defined once: what it shows of each row, where the rows come from, which ones, and in what order. The order names shown columns.
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

    /// Counting stops there, so that a total costs no more than a few pages, however long the list is.
    package static let mostCounted = 10_000

    /// One page, for people. Each row carries the `total`; past the last page a single row that isn't `listed` carries it. `details` are
    /// joined to the page only, as `page.id` and so on.
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

    /// The rows after a cursor, for programs. It returns one row more than may be shown, which tells that the list goes on. `position` is
    /// the condition for what comes after the cursor, and `TRUE` without one.
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
