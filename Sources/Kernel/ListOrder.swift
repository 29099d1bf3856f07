import Foundation
import Postgres

/// What a list is ordered by, all in one direction; no two rows share the last key. So a place in the list is one comparison of rows, which
/// an index answers. The keys are names of shown columns, and none is null.
package struct ListOrder: Sendable {
    package enum Key: Sendable {
        case time(StaticString)
        case text(StaticString)
        case whole(StaticString)
        case number(StaticString)
        case flag(StaticString)
        case id(StaticString)
    }

    private let keys: [Key]
    private let isDescending: Bool

    package static func ascending(_ keys: Key...) -> ListOrder { ListOrder(keys: keys, isDescending: false) }
    package static func descending(_ keys: Key...) -> ListOrder { ListOrder(keys: keys, isDescending: true) }

    /// After ORDER BY.
    func sql(in row: StaticString = "") -> SQL {
        keys.map { key -> SQL in "\(raw: row)\(raw: key.name) \(fragment: isDescending ? "DESC" : "ASC")" }.joined(separator: ", ")
    }

    var names: SQL { keys.map { key -> SQL in "\(raw: key.name)" }.joined(separator: ", ") }

    /// A row's place, as a cursor keeps it.
    func place(in row: StaticString) -> SQL {
        let values = keys.map { key -> SQL in
            switch key {
            case .time(let name): "(extract(epoch FROM \(raw: row).\(raw: name)) * 1000000)::bigint::text"
            default: "\(raw: row).\(raw: key.name)::text"
            }
        }
        return "json_build_array(\(values.joined(separator: ", ")))::text"
    }

    /// Which rows come after a cursor's.
    func after(_ cursor: ListCursor) throws(Failure) -> SQL {
        guard cursor.place.count == keys.count else { throw .unknownCursor }
        var values: [SQL] = []
        for (key, text) in zip(keys, cursor.place) {
            guard let value = key.value(text) else { throw .unknownCursor }
            values.append(value)
        }
        let names = keys.map { key -> SQL in "\(raw: key.name)" }
        return "(\(names.joined(separator: ", "))) \(fragment: isDescending ? "<" : ">") (\(values.joined(separator: ", ")))"
    }
}

extension ListOrder.Key {
    fileprivate var name: StaticString {
        switch self {
        case .time(let name), .text(let name), .whole(let name), .number(let name), .flag(let name), .id(let name): name
        }
    }

    fileprivate func value(_ text: String) -> SQL? {
        switch self {
        case .time:
            // In microseconds since 1970, as PostgreSQL keeps them.
            Int64(text).map { "\(Date(timeIntervalSinceReferenceDate: Double($0 &- 978_307_200_000_000) / 1_000_000))::timestamptz" }
        case .text: text.utf8.contains(0) ? nil : "\(text)::text"
        case .whole: Int32(text).map { "\(Int($0))::int" }
        case .number: Double(text).flatMap { $0.isFinite ? "\($0)::float8" : nil }
        case .flag: ["true": "TRUE", "false": "FALSE"][text]
        case .id: UUID(uuidString: text).map { "\($0)::uuid" }
        }
    }
}

/// Where a page ended. Clients pass it back and read nothing into it.
package struct ListCursor: Sendable {
    let place: [String]

    /// The text for what `ListOrder.place` found.
    static func text(of place: String) -> String {
        Data(place.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension ListCursor: Codable, SchemaProviding {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard text.utf8.count <= 2000, let data = Data(base64Encoded: base64), case .array(let elements)? = try? JSON(parsing: data) else {
            throw FieldProblem("Isn't a cursor of this list.")
        }
        place = elements.compactMap(\.string)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Self.text(of: JSON.array(place.map { .string($0) }).text))
    }

    package static var schema: Schema { Schema(.string, minimum: 1, maximum: 2000) }
    package static var placeholder: Self { Self(place: []) }
}

extension Failure {
    fileprivate static let unknownCursor = Failure.validation("cursor", "Isn't a cursor of this list.")
}
