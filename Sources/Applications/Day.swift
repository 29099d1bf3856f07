package import Foundation
import Identity
package import Kernel

/// A day in the calendar, in no time zone: `2026-03-01`. A time is read as the day that it falls on in UTC.
package struct Day: ParsedText, Sendable, Hashable {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        guard let moment = Timestamp.date(value) ?? Timestamp.date("\(value)T00:00:00Z") else {
            throw FieldProblem("Must be a day such as 2026-03-01.")
        }
        self.init(of: moment)
    }

    package init(of moment: Date) { value = String(Timestamp.text(moment).prefix(10)) }

    /// Its beginning in UTC, as it is stored.
    package var moment: Date? { Timestamp.date("\(value)T00:00:00Z") }

    package static let schema = Schema(.string, format: "date", example: "2026-03-01")
    package static let placeholder = Day(of: Date(timeIntervalSince1970: 0))
}
