package import Foundation

/// A moment, or a whole day, which counts to its end in UTC: a job closing on `2026-12-31` takes applications that day.
package struct DayEnd: Sendable, Hashable {
    package let date: Date
}

/// A moment, or a whole day, which counts from its beginning in UTC.
package struct DayStart: Sendable, Hashable {
    package let date: Date
}

extension DayEnd: Codable, SchemaProviding {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = dayOrMoment(text, end: true) else { throw FieldProblem("Must be an RFC 3339 time, or a day such as 2026-12-31.") }
        self.date = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Timestamp.text(date))
    }

    package static var schema: Schema { SchemaRecorder.schema(of: Date.self) }
    package static var placeholder: Self { Self(date: Date(timeIntervalSince1970: 0)) }
}

extension DayStart: Codable, SchemaProviding {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = dayOrMoment(text, end: false) else { throw FieldProblem("Must be an RFC 3339 time, or a day such as 2026-12-31.") }
        self.date = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Timestamp.text(date))
    }

    package static var schema: Schema { SchemaRecorder.schema(of: Date.self) }
    package static var placeholder: Self { Self(date: Date(timeIntervalSince1970: 0)) }
}

private func dayOrMoment(_ text: String, end: Bool) -> Date? {
    guard text.utf8.count == 10 else { return Timestamp.date(text) }
    return Timestamp.date("\(text)T00:00:00Z").map { end ? $0 + 86_400 : $0 }
}
