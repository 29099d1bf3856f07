package import Foundation

/// The time of day, replaceable in tests.
package struct Clock: Sendable {
    package let now: @Sendable () -> Date

    package init(now: @escaping @Sendable () -> Date) {
        self.now = now
    }

    /// Rounded to PostgreSQL's microseconds, so that what was written and what is read back are equal.
    package static let system = Clock { Date(timeIntervalSince1970: (Date().timeIntervalSince1970 * 1_000_000).rounded() / 1_000_000) }
}
