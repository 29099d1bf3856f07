package import Postgres

/// A list, defined once: what it shows of each row, where the rows come from, which ones, and in what order.
package struct ListQuery: Sendable {
    /// Rows that one index has in the list's order, such as those of one company. All branches show the same columns.
    package struct Branch: Sendable {
        let columns: SQL
        let tables: SQL
        let filter: SQL

        package init(_ columns: SQL, from tables: SQL, where filter: SQL) {
            self.columns = columns
            self.tables = tables
            self.filter = filter
        }
    }

    private let branches: [Branch]
    private let order: ListOrder
    /// Whether branches have rows in common, which are then shown and counted once.
    private let overlap: Bool

    package init(_ columns: SQL, from tables: SQL, where filter: SQL, by order: ListOrder) {
        self.init([Branch(columns, from: tables, where: filter)], by: order)
    }

    package init(_ branches: [Branch], by order: ListOrder, overlap: Bool = false) {
        self.branches = branches
        self.order = order
        self.overlap = overlap && branches.count > 1
    }

    /// Counting stops there, so that a total costs no more than a few pages, however long the list is.
    package static let mostCounted = 1000

    /// Whoever may look into more companies than this gets one branch with all of them: planning a branch costs something, too.
    package static let mostBranches = 12

    /// One page, for people. Without a cursor each row carries the `total`, and past the last page a single row that isn't `listed` carries
    /// it. `details` are joined to the page only, as `page.id` and so on.
    package func page(_ request: PageRequest, details: SQL = "", joining: SQL = "") throws(Failure) -> SQL {
        var total = count
        var position: SQL = "TRUE"
        if let cursor = request.cursor {
            total = "SELECT NULL::bigint AS total"
            position = try order.after(cursor)
        }
        return """
            SELECT counted.total, page.*, \(order.place(in: "page")) AS place \(details)
            FROM (\(total)) AS counted
            LEFT JOIN (
                \(rows("TRUE AS listed, ", after: position, limit: request.limit + 1, offset: request.offset))
            ) AS page ON TRUE
            \(joining)
            ORDER BY \(order.sql(in: "page."))
            """
    }

    /// The rows after a cursor, for programs. It returns one row more than may be shown, which tells that the list goes on. `position` is
    /// the condition for what comes after the cursor, and `TRUE` without one.
    package func rows(after position: SQL?, limit: Int) -> SQL {
        rows("", after: position ?? "TRUE", limit: limit + 1, offset: 0)
    }

    /// In the list's order, too: so it is the same index that is read.
    private var count: SQL {
        let most = Self.mostCounted + 1
        let rows = branches.map { branch -> SQL in
            """
            (
                SELECT \(fragment: overlap ? order.names : "")
                FROM (SELECT \(branch.columns) FROM \(branch.tables) WHERE \(branch.filter)) AS found
                ORDER BY \(order.sql())
                LIMIT \(most)::int
            )
            """
        }
        let few = branches.count == 1 ? rows[0] : "(\(rows.joined(separator: " UNION ALL ")) LIMIT \(most)::int)"
        guard overlap else { return "SELECT count(*) AS total FROM \(few) AS few" }
        return "SELECT count(*) AS total FROM (SELECT DISTINCT * FROM \(few) AS each) AS few"
    }

    /// Each branch in order and no further than it can matter, so that they are merged and not sorted.
    private func rows(_ mark: SQL, after position: SQL, limit: Int, offset: Int) -> SQL {
        func ordered(_ branch: Branch, limit: Int, offset: Int) -> SQL {
            """
            SELECT *
            FROM (SELECT \(mark) \(branch.columns) FROM \(branch.tables) WHERE \(branch.filter)) AS found
            WHERE \(position)
            ORDER BY \(order.sql())
            LIMIT \(limit)::int OFFSET \(offset)::int
            """
        }
        guard branches.count > 1 else { return branches.map { ordered($0, limit: limit, offset: offset) }.joined(separator: "") }
        let parts = branches.map { branch -> SQL in "(\(ordered(branch, limit: limit + offset, offset: 0)))" }
        return """
            SELECT \(fragment: overlap ? "DISTINCT ON (\(order.names))" : "") *
            FROM (\(parts.joined(separator: " UNION ALL "))) AS merged
            ORDER BY \(order.sql())
            LIMIT \(limit)::int OFFSET \(offset)::int
            """
    }
}
