import Foundation
import Kernel
import SocketClient
import Testing
import Web

/// Operations that are sockets: admitted like any other, and held to RFC 6455.
@Suite struct SocketTests {
    private struct Room: Codable, Sendable {
        let id: Bounded<1, 99>
        let echo: Bool?
    }

    private struct Said: Codable, Sendable {
        let text: Text<200>
    }

    private struct Heard: Codable, Sendable {
        let room: Int
        let text: String
    }

    private static let operations = [
        APIOperation(
            socket: "/rooms/{id}/live",
            "Say something and hear it",
            access: .signedIn
        ) { (input: Room, user: SignedIn, conversation: Conversation<Said, Heard>) async throws(Failure) in
            while let said = try await conversation.next() {
                if said.text.value == "leave" { return }
                if said.text.value == "fail" { throw .notFound }
                try await conversation.send(Heard(room: input.id.value, text: said.text.value))
            }
        }
    ]

    private static let path = "/api/v1/rooms/7/live"
    private static let signedIn = ["Authorization": "Bearer user:\(Identifier<User>())"]

    private static func run<Output: Sendable>(
        _ path: String = path,
        _ headers: [String: String] = signedIn,
        pace: SocketPace = SocketPace(),
        _ body: @escaping @Sendable (inout SocketClient) throws -> Output
    ) async throws -> Output {
        var output: Output?
        let configure = { (configuration: inout WebConfiguration) in configuration.socketPace = pace }
        try await ToyServer.run(operations, configure: configure) { client async throws in
            output = try await SocketClient.run(port: client.port, path, headers: headers, body)
        }
        return try #require(output)
    }

    @Test func `messages come back, and those that can't be understood are answered and skipped`() async throws {
        let (head, frames) = try await Self.run { client in
            try client.send(#"{"text": "Hello"}"#)
            var frames = [try client.receive()]
            for wrong in [#"{"text": ""}"#, #"{"texts": "a"}"#, "[1"] {
                try client.send(wrong)
                frames.append(try client.receive())
            }
            try client.send(#"{"text": "again"}"#)
            frames.append(try client.receive())
            try client.send(opcode: 8, [3, 232])
            frames.append(try client.receive())
            return (client.head, frames)
        }
        #expect(head.contains("HTTP/1.1 101"))
        // The example of RFC 6455 section 1.3.
        #expect(head.lowercased().contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="))
        let texts = frames.map(\.text)
        #expect(texts[0] == #"{"data":{"room":7,"text":"Hello"}}"#)
        #expect(texts[1].contains(#""text":"Must not be empty.""#))
        #expect(texts[2].contains("Did you mean"))
        #expect(texts[3].contains("VALIDATION_ERROR"))
        #expect(texts[4].contains("again"))
        #expect(frames[5].code == 1000)
    }

    @Test(arguments: [
        ("/api/v1/rooms/7/live", ["Authorization": ""], 401), ("/api/v1/rooms/700/live", [:], 400),
        ("/api/v1/rooms/7/live?echo=x", [:], 400),
        ("/api/v1/rooms/7/live", ["Upgrade": ""], 400), ("/api/v1/rooms/7/live", ["Connection": "keep-alive"], 400),
        ("/api/v1/rooms/7/live", ["Sec-WebSocket-Version": "8"], 400), ("/api/v1/rooms/7/live", ["Sec-WebSocket-Key": "short"], 400),
        ("/api/v1/rooms/7/live", ["Origin": "https://elsewhere.example"], 403),
        ("/api/v1/rooms/7/live", ["Origin": "http://localhost"], 101),
    ])
    func `a caller who is not admitted gets an ordinary answer`(path: String, headers: [String: String], status: Int) async throws {
        #expect(try await Self.run(path, Self.signedIn.merging(headers) { _, own in own }) { $0.status } == status)
    }

    @Test func `the conversation's end sends a close frame, after any failure`() async throws {
        let left = try await Self.run { client in
            try client.send(#"{"text": "leave"}"#)
            return try client.receive()
        }
        #expect(left.code == 1000)
        let failed = try await Self.run { client in
            try client.send(#"{"text": "fail"}"#)
            return [try client.receive(), try client.receive()]
        }
        #expect(failed[0].text.contains("NOT_FOUND"))
        #expect(failed[1].code == 1000)
    }

    private struct Bad: Sendable {
        let what: String
        let code: Int
        let send: @Sendable (inout SocketClient) throws -> Void
    }

    private static let bad = [
        Bad(what: "no mask", code: 1002) { try $0.send(opcode: 1, Array("{}".utf8), isMasked: false) },
        Bad(what: "a reserved bit", code: 1002) { try $0.send(opcode: 1, Array("{}".utf8), reserved: 0x40) },
        Bad(what: "a reserved opcode", code: 1002) { try $0.send(opcode: 3, []) },
        Bad(what: "a fragment of nothing", code: 1002) { try $0.send(opcode: 0, Array("a".utf8)) },
        Bad(what: "a message within a message", code: 1002) { client in
            try client.send(opcode: 1, Array("{".utf8), isLast: false)
            try client.send(opcode: 1, Array("{}".utf8))
        },
        Bad(what: "a ping in pieces", code: 1002) { try $0.send(opcode: 9, [], isLast: false) },
        Bad(what: "bytes", code: 1003) { try $0.send(opcode: 2, [1, 2, 3]) },
        Bad(what: "broken UTF-8", code: 1007) { try $0.send(opcode: 1, [0xC3, 0x28]) },
        Bad(what: "a large frame", code: 1009) { try $0.send(opcode: 1, [UInt8](repeating: 0x61, count: 70_000)) },
        Bad(what: "a large message in small pieces", code: 1009) { client in
            for number in 0..<8 { try client.send(opcode: number == 0 ? 1 : 0, [UInt8](repeating: 0x61, count: 10_000), isLast: false) }
        },
        Bad(what: "a close frame with a code that nobody sends", code: 1002) { try $0.send(opcode: 8, [3, 237]) },
        Bad(what: "a close frame of one byte", code: 1002) { try $0.send(opcode: 8, [3]) },
    ]

    @Test func `what RFC 6455 forbids ends the socket with the code for it`() async throws {
        var pace = SocketPace()
        pace.closing = .milliseconds(300)
        for bad in Self.bad {
            let (closeFrame, isOver) = try await Self.run(pace: pace) { client in
                try bad.send(&client)
                let closeFrame = try client.receive()
                // The server may have left by then.
                if !bad.what.hasPrefix("a close frame") { try? client.send(opcode: 8, closeFrame.payload) }
                return (closeFrame, client.isOver())
            }
            #expect(closeFrame.code == bad.code, "\(bad.what)")
            #expect(isOver, "\(bad.what)")
        }
    }

    @Test func `a message in pieces is one, pings are answered between them`() async throws {
        let frames = try await Self.run { client in
            try client.send(opcode: 1, Array(#"{"text": "#.utf8), isLast: false)
            try client.send(opcode: 9, Array("here".utf8))
            try client.send(opcode: 0, Array(#""whole"}"#.utf8))
            return [try client.receive(), try client.receive()]
        }
        #expect(frames[0].opcode == 10 && frames[0].text == "here")
        #expect(frames[1].text.contains("whole"))
    }

    @Test func `messages beyond the backlog are read when there is room`() async throws {
        let count = 500
        let heard = try await Self.run { client in
            for number in 0..<count { try client.send(#"{"text": "\#(number)"}"#) }
            return try (0..<count).map { _ in try client.receive().text }
        }
        #expect(heard.last == #"{"data":{"room":7,"text":"499"}}"#)
    }

    @Test func `a client that answers no ping is gone`() async throws {
        var pace = SocketPace()
        pace.ping = .milliseconds(100)
        let (ping, isOver) = try await Self.run(pace: pace) { client in
            let ping = try client.receive()
            return (ping, client.isOver())
        }
        #expect(ping.opcode == 9)
        #expect(isOver)
    }
}
