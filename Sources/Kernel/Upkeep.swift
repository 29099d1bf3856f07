package import Foundation
package import Postgres

/// A housekeeping statement, such as one that deletes expired rows. It does one batch at a time, far below the statement time-out, and may
/// run in several processes at once and twice in a row.
package struct Upkeep: Sendable {
    package let name: String
    /// How many rows one run of the statement takes. A run that takes fewer was the last.
    package let batch: Int
    package let statement: @Sendable (Date, Int) -> SQL

    package init(_ name: String, batch: Int = 1000, statement: @escaping @Sendable (Date, Int) -> SQL) {
        self.name = name
        self.batch = batch
        self.statement = statement
    }

    /// Deletes a table's rows whose `column` is older than `age`; an index must begin with it. `key` is the primary key.
    package static func expired(
        _ name: String,
        from table: StaticString,
        key: StaticString = "tenant_id, id",
        by column: StaticString,
        after age: TimeInterval,
        batch: Int = 1000,
        where condition: SQL = "TRUE"
    ) -> Upkeep {
        Upkeep(name, batch: batch) { now, limit in
            """
            DELETE FROM \(raw: table)
            WHERE (\(raw: key)) IN (
                SELECT \(raw: key)
                FROM \(raw: table) old
                WHERE old.\(raw: column) < \(now.addingTimeInterval(-age)) AND \(condition)
                ORDER BY old.\(raw: column)
                LIMIT \(limit)::int
                FOR UPDATE SKIP LOCKED
            )
            """
        }
    }

    package func run(through door: OperatorDoor) async throws(Failure) {
        while !Task.isCancelled {
            guard try await door.upkeep(statement(door.clock.now(), batch)).affectedRows >= batch else { return }
        }
    }

    /// Stored answers are kept for a day.
    package static let idempotencyKeys = expired(
        "idempotency keys",
        from: "idempotency_keys",
        key: "tenant_id, principal, key",
        by: "created_at",
        after: 86_400
    )
}
