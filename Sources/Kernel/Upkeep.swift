package import Foundation
package import Postgres

/// A statement that keeps the house, as by throwing away what has served its time. It may run in several processes at once and twice in a row.
package struct Upkeep: Sendable {
    package let name: String
    package let statement: @Sendable (Date) -> SQL

    package init(_ name: String, statement: @escaping @Sendable (Date) -> SQL) {
        self.name = name
        self.statement = statement
    }

    /// Stored answers are kept for a day.
    package static let idempotencyKeys = Upkeep("idempotency keys") { now in
        "DELETE FROM idempotency_keys WHERE created_at < \(now.addingTimeInterval(-24 * 3600))"
    }
}
