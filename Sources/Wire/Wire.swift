package import Foundation

/// The one place where values become JSON bytes and back, so that another encoder can take its place.
/// Times are RFC 3339 in UTC with milliseconds.
package enum Wire {
    /// Stored values are nested some levels deeper than the input was.
    static let mostLevels = 128

    package static func encode(_ value: some Encodable) throws -> Data {
        let writer = WireWriter()
        try writer.encode(value)
        return Data(writer.bytes)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: some Sequence<UInt8>) throws -> Value {
        try WireDecoder.decode(type, from: JSON(parsing: bytes, depth: mostLevels))
    }
}
