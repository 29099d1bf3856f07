package import Foundation

/// The one place where values become JSON bytes and back, so that another encoder can take its place.
/// Times are RFC 3339 in UTC with milliseconds.
package enum Wire {
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
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = Timestamp.date(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "Must be an RFC 3339 time.")
            }
            return date
        }
        return try decoder.decode(type, from: bytes)
    }
}
