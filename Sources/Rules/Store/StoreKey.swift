import Kernel
import Postgres

/// The name of a value in the tenant's store: whatever the runner accepts from a script (reads.c), so that people can reach every key that
/// a rule made.
struct StoreKey: Sendable, Hashable {
    private static let limit = 256

    let value: String

    init(_ value: String) throws(FieldProblem) {
        guard !value.isEmpty, value.utf8.count <= Self.limit, !value.contains("\0") else {
            throw FieldProblem("Must have 1 to \(Self.limit) bytes.")
        }
        self.value = value
    }

    private init(unchecked value: String) { self.value = value }
}

extension StoreKey: Codable, SchemaProviding, SQLEncodable {
    init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    static var schema: Schema { Schema(.string, pattern: #"^[^\x00]*$"#, minimum: 1, maximum: limit, example: "cool-down/days") }
    static var placeholder: Self { Self(unchecked: "-") }
    var sqlValue: SQLValue { value.sqlValue }
}
