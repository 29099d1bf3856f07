package import Foundation

/// The two ends of an open socket, as an operation sees them. What comes in is decoded and checked like any input; what goes out is encoded.
package struct Conversation<Incoming: Decodable & Sendable, Outgoing: Codable & Sendable>: Sendable {
    private struct Sent<Message: Encodable>: Encodable {
        let data: Message
    }

    private let wire: SocketWire

    package init(over wire: SocketWire) {
        self.wire = wire
    }

    /// The next message; nil once there are no more. An invalid one is answered with what is wrong, and skipped.
    package func next() async throws(Failure) -> Incoming? {
        while let text = await wire.receive() {
            do throws(Failure) {
                return try Self.message(text)
            } catch {
                try await wire.refuse(error)
            }
        }
        return nil
    }

    /// Waits while the other side reads nothing; throws once it is gone.
    package func send(_ message: Outgoing) async throws(Failure) {
        do { try await wire.send(Wire.encode(Sent(data: message))) } catch { throw .unavailable }
    }

    private static func message(_ text: String) throws(Failure) -> Incoming {
        let json: JSON
        do { json = try JSON(parsing: text.utf8, longestName: 256) } catch { throw .validation("body", error.description) }
        return try InputSource(body: json).decode(Incoming.self)
    }
}

/// Texts in both directions, whatever the transport.
package struct SocketWire: Sendable {
    /// Nil once there are no more.
    package let receive: @Sendable () async -> String?
    package let send: @Sendable (Data) async throws -> Void

    package init(receive: @escaping @Sendable () async -> String?, send: @escaping @Sendable (Data) async throws -> Void) {
        self.receive = receive
        self.send = send
    }

    /// Sends a failure, worded as in any other answer.
    package func refuse(_ failure: Failure) async throws(Failure) {
        do { try await send(Wire.encode(["error": failure.json] as JSON)) } catch { throw .unavailable }
    }
}

/// What an operation that is a socket adds to its declaration.
package struct SocketDeclaration: Sendable {
    package let incoming: any (Decodable & Sendable).Type
    package let outgoing: any (Codable & Sendable).Type
    /// Admits the caller and reads the input; returns the conversation to run.
    let open: @Sendable (InputSource, Caller) throws(Failure) -> Talk
}

/// A socket's lifetime: it runs until it returns or its task is canceled.
package typealias Talk = @Sendable (SocketWire) async throws(Failure) -> Void

extension Failure {
    package static let socketExpected = Failure.validation("Upgrade", "This is a WebSocket: ask for one with the headers of RFC 6455.")
}
