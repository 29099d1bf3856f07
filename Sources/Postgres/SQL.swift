/// A statement as an interpolated value: every `\(value)` becomes a bind `$n`, and another `SQL` is spliced in with its binds renumbered.
/// Its literals are `StaticString`, so the compiler refuses text that was made at run time: data cannot become syntax.
package struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    package private(set) var text: String
    package private(set) var binds: [SQLValue] = []
    /// Where in the UTF-8 of `text` each `$n` begins, in the order of `binds`.
    private var placeholders: [Int] = []

    package init(stringLiteral text: StaticString) {
        self.text = text.description
    }

    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    package static func += (left: inout SQL, right: SQL) {
        left.append(right)
    }

    package mutating func append(_ other: SQL) {
        var copied = 0
        let utf8 = other.text.utf8
        for (offset, value) in zip(other.placeholders, other.binds) {
            let start = utf8.index(utf8.startIndex, offsetBy: copied)
            let end = utf8.index(utf8.startIndex, offsetBy: offset)
            text += other.text[start..<end]
            bind(value)
            // Past the old placeholder: `$` and the digits of its old number.
            copied = offset + 1
            var index = utf8.index(after: end)
            while index < utf8.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(utf8[index]) {
                copied += 1
                index = utf8.index(after: index)
            }
        }
        text += other.text[utf8.index(utf8.startIndex, offsetBy: copied)...]
    }

    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    fileprivate init(capacity: Int) {
        text = ""
        text.reserveCapacity(capacity)
    }

    fileprivate mutating func append(text literal: String) {
        text += literal
    }

    fileprivate mutating func bind(_ value: SQLValue) {
        placeholders.append(text.utf8.count)
        binds.append(value)
        text += "$"
        text += String(binds.count)
    }
}

extension SQL {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        package init(literalCapacity: Int, interpolationCount: Int) {
            // Three bytes hold `$` and a number up to 99.
            sql = SQL(capacity: literalCapacity + 3 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            sql.append(text: literal.description)
        }

        package mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value) {
            sql.bind(value.sqlValue)
        }

        /// Nil is bound as NULL.
        package mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?) {
            sql.bind(value.sqlValue)
        }

        package mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }

        /// Like above, for literals, which would otherwise be bound as a `String`: `\(fragment: newest ? "DESC" : "ASC")`.
        package mutating func appendInterpolation(fragment: SQL) {
            sql.append(fragment)
        }

        package mutating func appendInterpolation(raw text: StaticString) {
            sql.append(text: text.description)
        }

        /// A name known only at run time, quoted.
        package mutating func appendInterpolation(identifier name: String) {
            sql.append(text: SQL.quoted(name))
        }
    }
}

extension Sequence where Element == SQL {
    package func joined(separator: SQL) -> SQL {
        var sum: SQL = ""
        for (position, part) in enumerated() {
            if position > 0 { sum.append(separator) }
            sum.append(part)
        }
        return sum
    }
}
