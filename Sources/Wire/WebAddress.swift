import Foundation

/// A web address: http or https, a host, and the rest in ASCII, as addresses are sent. Any link that somebody else may click is one. A host
/// in another script is kept as DNS has it.
package struct WebAddress: Codable, Sendable, SchemaProviding {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        let value = Self.encoded(value.trimmingCharacters(in: .newlines))
        let shape = /https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([\/?#][!-~]*)?/
        guard value.utf8.count <= 1000, value.wholeMatch(of: shape) != nil else {
            throw FieldProblem("Must be an http or https address.")
        }
        self.value = value
    }

    private static func encoded(_ value: String) -> String {
        guard let start = value.range(of: "://")?.upperBound, value.utf8.count <= 1000 else { return value }
        let end = value[start...].firstIndex { "/?#:".contains($0) } ?? value.endIndex
        guard value[start..<end].utf8.contains(where: { $0 >= 0x80 }), let host = HostText.dotted(value[start..<end]) else { return value }
        return value[..<start] + host + value[end...]
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
