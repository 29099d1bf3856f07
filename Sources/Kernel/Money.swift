package import Postgres

/// A number of a currency's minor units: cents, or whole yen. Below 2^53, which every JSON reader holds exactly (RFC 8259, section 6), because
/// some currencies have no small numbers.
package struct MinorUnits: Codable, Sendable, Hashable, SchemaProviding, SQLEncodable {
    package static let most = 9_007_199_254_740_991

    package let value: Int

    package init(_ value: Int) throws(FieldProblem) {
        guard (0...Self.most).contains(value) else { throw FieldProblem("Must be from 0 to \(Self.most), in minor units of the currency.") }
        self.value = value
    }

    private init(unchecked value: Int) { self.value = value }

    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(Int.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static var schema: Schema { Schema(.integer, minimum: 0, maximum: most) }
    package static var placeholder: Self { Self(unchecked: 0) }
    package var sqlValue: SQLValue { value.sqlValue }
}

/// An amount in minor units of a currency (ISO 4217 code): 12_50 EUR is twelve euros fifty.
package struct Money: Codable, Sendable, Hashable {
    package let amount: MinorUnits
    package let currency: Currency

    package init(amount: MinorUnits, currency: Currency) {
        self.amount = amount
        self.currency = currency
    }
}

/// An ISO 4217 alphabetic code.
package struct Currency: Codable, Sendable, Hashable, SchemaProviding {
    package let code: String

    package init(_ code: String) throws(FieldProblem) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            throw FieldProblem("Must be a three-letter currency code.")
        }
        self.code = code
    }

    private init(unchecked code: String) { self.code = code }

    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }

    package static var schema: Schema { Schema(.string, pattern: "^[A-Z]{3}$", example: "EUR") }
    package static var placeholder: Self { Self(unchecked: "EUR") }
}
