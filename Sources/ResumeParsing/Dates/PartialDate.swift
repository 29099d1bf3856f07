package import Foundation

/// A month or a whole year, which is all that resumes give. Written as "2019-03" or "2019".
package struct PartialDate: Hashable, Sendable {
    package let year: Int
    package let month: Int?

    package init(year: Int, month: Int? = nil) {
        self.year = year
        self.month = month
    }

    /// The month of a point in time, in UTC.
    package init(_ moment: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        self.init(year: calendar.component(.year, from: moment), month: calendar.component(.month, from: moment))
    }

    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].count == 4, let year = Int(parts[0]), year > 0 else { return nil }
        self.year = year
        guard parts.count == 2 else {
            month = nil
            return
        }
        guard parts[1].count == 2, let month = Int(parts[1]), (1...12).contains(month) else { return nil }
        self.month = month
    }

    /// A year without a month starts in January and ends in the month before the next: "2016–2018" is two years, not three.
    var monthsSinceZero: Int { year * 12 + (month ?? 1) - 1 }
    var lastPossibleMonth: Int { year * 12 + (month ?? 12) - 1 }
    var lastMonth: Int { month == nil ? year * 12 - 1 : monthsSinceZero }
}

extension PartialDate: CustomStringConvertible, Codable {
    package var description: String {
        guard let month else { return "\(year)" }
        return "\(year)-" + (month < 10 ? "0" : "") + "\(month)"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Expected a year or a month as 2019 or 2019-03.")
        }
        self = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
