import Wire

extension Row {
    /// A jsonb column.
    package func json<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = try jsonIfPresent(column, as: type) else {
            throw PostgresError(.decode, "column \"\(column)\": wanted \(type), found NULL")
        }
        return value
    }

    package func jsonIfPresent<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        try withBytes(column) { bytes in
            try bytes.map { try Wire.decode(type, from: $0) }
        }
    }
}
