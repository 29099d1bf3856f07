import NIOCore

/// One argument of a command. Redis sees bytes only, so a number goes out as its decimal digits.
package enum RedisArgument: Sendable, Equatable {
    case text(String)
    case bytes([UInt8])
    case integer(Int)
}

extension RedisArgument: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    package init(stringLiteral text: String) {
        self = .text(text)
    }

    package init(integerLiteral number: Int) {
        self = .integer(number)
    }
}

extension ByteBuffer {
    /// Writes a command as the RESP array of bulk strings that redis.io/docs/reference/protocol-spec asks clients to send.
    mutating func writeCommand(_ arguments: [RedisArgument]) {
        writeHeader("*", arguments.count)
        for argument in arguments {
            switch argument {
            case .text(let text): writeBulk(text)
            case .integer(let number): writeBulk(String(number))
            case .bytes(let bytes):
                writeHeader("$", bytes.count)
                writeBytes(bytes)
                writeStaticString("\r\n")
            }
        }
    }

    private mutating func writeBulk(_ text: String) {
        writeHeader("$", text.utf8.count)
        writeString(text)
        writeStaticString("\r\n")
    }

    private mutating func writeHeader(_ kind: StaticString, _ count: Int) {
        writeStaticString(kind)
        writeString(String(count))
        writeStaticString("\r\n")
    }
}
