package import Foundation
package import Postgres

/// The one place where values become JSON bytes and back, so that another encoder can take its place.
/// Times are RFC 3339 in UTC with milliseconds.
package enum Wire {
    /// What was stored stands some levels deeper than what came in.
    static let mostLevels = 128

    package static func encode(_ value: some Encodable) throws -> Data {
        let writer = WireWriter()
        try writer.encode(value)
        return Data(writer.bytes)
    }

    /// For a jsonb column.
    package static func text(_ value: some Encodable) throws(Failure) -> String {
        do { return String(decoding: try encode(value), as: UTF8.self) } catch { throw .internal(error) }
    }

    package static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: Data) throws -> Value {
        try WireDecoder.decode(type, from: JSON(parsing: bytes, depth: mostLevels))
    }
}

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
            try bytes.map { try WireDecoder.decode(type, from: JSON(parsing: $0, depth: Wire.mostLevels)) }
        }
    }
}
