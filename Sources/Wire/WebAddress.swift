import Foundation

/// A web address: http or https, a host, and the rest in ASCII, as addresses are sent. Any link that somebody else may click is one.
package struct WebAddress: Codable, Sendable, SchemaProviding {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        let value = value.trimmingCharacters(in: .newlines)
        let shape = /https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([\/?#][!-~]*)?/
        guard value.utf8.count <= 1000, value.wholeMatch(of: shape) != nil else {
            throw FieldProblem("Must be an http or https address.")
        }
        self.value = value
    }

    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static let schema = Schema(
        .string,
        pattern: "^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([/?#][!-~]*)?$",
        maximum: 1000,
        example: "https://www.example.com"
    )
    package static let placeholder = Self(unchecked: "https://www.example.com")
    private init(unchecked: String) { value = unchecked }
}
