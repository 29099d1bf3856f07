import Foundation

/// The client side of a WebSocket, frame by frame, so that it can also do what no browser would. It blocks, and so runs on a thread of its
/// own.
package struct SocketClient {
    package struct Frame: Equatable, Sendable {
        package let opcode: UInt8
        package let payload: [UInt8]

        package var text: String { String(decoding: payload, as: UTF8.self) }
        /// The code of a close frame.
        package var code: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    }

    package struct Broken: Error {
        package let what: String
    }

    /// The server's answer to the request for a socket; 101 opened one.
    package let status: Int
    package let head: String
    private let descriptor: Int32

    package static func run<Output: Sendable>(
        port: Int,
        _ path: String,
        headers: [String: String] = [:],
        _ body: @escaping @Sendable (inout SocketClient) throws -> Output
    ) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let descriptor = try Self.connect(port)
                        defer { close(descriptor) }
                        var client = try SocketClient(descriptor, path, headers)
                        return try body(&client)
                    }
                )
            }
        }
    }

    /// A socket of the system's, connected and not closed by anybody else.
    package static func connect(_ port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw Broken(what: "connect: \(errno)")
        }
        return descriptor
    }

    private init(_ descriptor: Int32, _ path: String, _ headers: [String: String]) throws {
        self.descriptor = descriptor
        let usual = [
            "Host": "localhost", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        let lines = usual.merging(headers) { _, own in own }.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }
        try Self.send(Array("GET \(path) HTTP/1.1\r\n\(lines.joined())\r\n".utf8), descriptor)
        var answer: [UInt8] = []
        while !answer.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = Self.receive(1, descriptor).first else { throw Broken(what: "no answer") }
            answer.append(byte)
        }
        head = String(decoding: answer, as: UTF8.self)
        status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }

    package func send(_ text: String) throws { try send(opcode: 1, Array(text.utf8)) }

    package func send(opcode: UInt8, _ payload: [UInt8], isLast: Bool = true, isMasked: Bool = true, reserved: UInt8 = 0) throws {
        var frame: [UInt8] = [(isLast ? 0x80 : 0) | reserved | opcode]
        let mask: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ..<126: frame.append(mask | UInt8(payload.count))
        case ..<65_536: frame += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            frame.append(mask | 127)
            frame += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        let key: [UInt8] = [1, 2, 3, 4]
        frame += isMasked ? key + payload.enumerated().map { $0.element ^ key[$0.offset % 4] } : payload
        try Self.send(frame, descriptor)
    }

    /// The next frame; throws if the connection ends or nothing comes.
    package func receive() throws -> Frame {
        let start = try bytes(2)
        var length = Int(start[1] & 0x7F)
        if length == 126 { length = try bytes(2).reduce(0) { $0 << 8 | Int($1) } }
        if length == 127 { length = try bytes(8).reduce(0) { $0 << 8 | Int($1) } }
        return Frame(opcode: start[0] & 0x0F, payload: try bytes(length))
    }

    /// Whether the server has ended the connection.
    package func isOver() -> Bool { Self.receive(1, descriptor).isEmpty }

    private func bytes(_ count: Int) throws -> [UInt8] {
        let bytes = Self.receive(count, descriptor)
        guard bytes.count == count else { throw Broken(what: "the connection has ended") }
        return bytes
    }

    private static func send(_ bytes: [UInt8], _ descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard written > 0 else { throw Broken(what: "send: \(errno)") }
            rest = rest.dropFirst(written)
        }
    }

    private static func receive(_ count: Int, _ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var buffer = [UInt8](repeating: 0, count: count - bytes.count)
            let read = recv(descriptor, &buffer, buffer.count, 0)
            guard read > 0 else { break }
            bytes += buffer[..<read]
        }
        return bytes
    }
}
