package import FoundationEssentials

/// A bind as it is sent: PostgreSQL infers its type from the statement, so write `\(x)::int` where nothing else determines it.
package enum SQLValue: Sendable, Hashable {
    case null
    case text(String)
    case bytes([UInt8])
}

package protocol SQLEncodable: Sendable {
    var sqlValue: SQLValue { get }
}

package typealias SQLCodable = SQLEncodable & SQLDecodable

extension SQLValue: SQLEncodable {
    package var sqlValue: SQLValue { self }
}

extension String: SQLEncodable {
    package var sqlValue: SQLValue { .text(self) }
}

extension Substring: SQLEncodable {
    package var sqlValue: SQLValue { .text(String(self)) }
}

extension Bool: SQLEncodable {
    package var sqlValue: SQLValue { .text(self ? "t" : "f") }
}

extension SQLEncodable where Self: BinaryInteger {
    package var sqlValue: SQLValue { .text(String(self)) }
}

extension Int: SQLEncodable {}
extension Int16: SQLEncodable {}
extension Int32: SQLEncodable {}
extension Int64: SQLEncodable {}
extension UInt8: SQLEncodable {}

extension Double: SQLEncodable {
    /// Swift's shortest description round-trips and its `inf` and `nan` are spellings that PostgreSQL takes.
    package var sqlValue: SQLValue { .text(description) }
}

extension UUID: SQLEncodable {
    package var sqlValue: SQLValue { .text(uuidString) }
}

extension Date: SQLEncodable {
    package var sqlValue: SQLValue { .text(Timestamp.text(of: self)) }
}

extension Data: SQLEncodable {
    package var sqlValue: SQLValue { .bytes([UInt8](self)) }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    package var sqlValue: SQLValue {
        switch self {
        case .some(let value): value.sqlValue
        case .none: .null
        }
    }
}

extension Array: SQLEncodable where Element: SQLArrayElement {
    package var sqlValue: SQLValue { Element.encode(array: self) }
}

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
    package var sqlValue: SQLValue { rawValue.sqlValue }
}
