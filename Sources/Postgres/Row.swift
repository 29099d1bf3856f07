import CLibPQ

/// One row; `try row("title")` reads a column as the type asked for, as an optional if it may be NULL.
package struct Row: Sendable {
    let result: QueryResult
    let columns: Columns
    let position: Int32

    package func callAsFunction<Value: SQLDecodable>(_ column: String) throws(PostgresError) -> Value {
        try value(at: index(of: column))
    }

    package func callAsFunction<Value: SQLDecodable>(_ column: String) throws(PostgresError) -> Value? {
        try optionalValue(at: index(of: column))
    }

    package func callAsFunction<Value: SQLDecodable>(_ column: Int) throws(PostgresError) -> Value {
        try value(at: index(of: column))
    }

    package func callAsFunction<Value: SQLDecodable>(_ column: Int) throws(PostgresError) -> Value? {
        try optionalValue(at: index(of: column))
    }

    /// The text form of a column as bytes, for values that pass through unread, JSON above all.
    package func raw(_ column: String) throws(PostgresError) -> [UInt8]? {
        try result.value(row: position, column: index(of: column)).map { [UInt8]($0) }
    }

    /// As `raw`, without the copy: the bytes must not be kept beyond the closure.
    package func withBytes<Result>(_ column: String, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Result) throws -> Result {
        let bytes = try result.value(row: position, column: index(of: column))
        return try withExtendedLifetime(result) { try body(bytes) }
    }

    private func value<Value: SQLDecodable>(at column: Int32) throws(PostgresError) -> Value {
        guard let value: Value = try optionalValue(at: column) else { throw failure(at: column, wanted: Value.self, found: "NULL") }
        return value
    }

    private func optionalValue<Value: SQLDecodable>(at column: Int32) throws(PostgresError) -> Value? {
        let decoded: Value? = withExtendedLifetime(result) {
            result.value(row: position, column: column).flatMap(Value.decode)
        }
        if decoded == nil, PQgetisnull(result.handle, position, column) == 0 {
            throw failure(at: column, wanted: Value.self, found: TypeName.of(PQftype(result.handle, column)))
        }
        return decoded
    }

    private func index(of column: String) throws(PostgresError) -> Int32 {
        guard let index = columns.position(of: column) else { throw PostgresError(.decode, "the result has no column \"\(column)\"") }
        return index
    }

    private func index(of column: Int) throws(PostgresError) -> Int32 {
        guard column >= 0, column < columns.count else { throw PostgresError(.decode, "the result has no column number \(column)") }
        return Int32(column)
    }

    private func failure<Value>(at column: Int32, wanted: Value.Type, found: String) -> PostgresError {
        let name = columns.name(at: column)
        var error = PostgresError(.decode, "column \"\(name)\": wanted \(wanted), found \(found)")
        error.column = name
        return error
    }
}
