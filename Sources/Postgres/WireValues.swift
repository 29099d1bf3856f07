package import Wire

extension Text: SQLEncodable {
    package var sqlValue: SQLValue { value.sqlValue }
}

extension Bounded: SQLEncodable {
    package var sqlValue: SQLValue { value.sqlValue }
}

extension EmailAddress: SQLEncodable {
    package var sqlValue: SQLValue { value.sqlValue }
}

extension WebAddress: SQLEncodable {
    package var sqlValue: SQLValue { value.sqlValue }
}
