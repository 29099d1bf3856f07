/// What Redis answered, in the terms of RESP2. Bulk strings stay bytes, because Redis does not know about encodings.
package enum RedisValue: Sendable, Equatable {
    case status(String)
    case bulk([UInt8])
    case integer(Int)
    case array([RedisValue])
    case null
    /// Only inside an array: as a whole reply it is thrown as `RedisError.refused`.
    case error(String)

    package var bytes: [UInt8]? {
        switch self {
        case .bulk(let bytes): bytes
        case .status(let text): Array(text.utf8)
        default: nil
        }
    }

    package var text: String? {
        switch self {
        case .bulk(let bytes): String(decoding: bytes, as: UTF8.self)
        case .status(let text): text
        default: nil
        }
    }

    package var integer: Int? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    package var array: [RedisValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}
