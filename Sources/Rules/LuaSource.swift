import Foundation
package import Kernel

/// Lua exactly as it was written: trimming would make error messages name the wrong line.
package struct LuaSource: Codable, Sendable, Hashable {
    /// Bytes.
    private static let limit = 64 << 10

    package let text: String

    package init(_ text: String) throws(FieldProblem) {
        guard text.utf8.count <= Self.limit else { throw FieldProblem("Must have at most 64 kB.") }
        self.text = text
    }

    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    static let empty = LuaSource()
    private init() { text = "" }
}

extension LuaSource: SchemaProviding {
    package static var schema: Schema {
        Schema(
            .string,
            pattern: #"^[^\x00]*$"#,
            maximum: limit,
            example: .string(#"on("application.submitted", function(event) log(event.name) end)"#)
        )
    }
    package static var placeholder: Self { empty }
}
