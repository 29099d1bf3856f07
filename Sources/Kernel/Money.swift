/// An amount in minor units of a currency (ISO 4217 code): 12_50 EUR is twelve euros fifty.
package struct Money: Codable, Sendable, Hashable {
    package let amount: Bounded<0, 2_000_000_000>
    package let currency: Currency

    package init(amount: Bounded<0, 2_000_000_000>, currency: Currency) {
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
