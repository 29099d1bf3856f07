import Synchronization

/// What a subscriber sees.
package enum RedisMessage: Sendable, Equatable {
    /// From here on messages arrive. It comes at the start and after each interruption, during which messages were missed: read again
    /// whatever they announce.
    case subscribed
    case message([UInt8])
}

/// Who listens to which channel, on a connection that does nothing else. A listener that falls 4096 messages behind loses the oldest.
final class Subscriptions: Sendable {
    private typealias Listener = AsyncStream<RedisMessage>.Continuation

    private struct Audience {
        var isConfirmed = false
        var listeners: [Int: Listener] = [:]
    }

    private struct State {
        var connection: RedisConnection?
        var audiences: [String: Audience] = [:]
        var nextListener = 0
        var isOver = false
    }

    private let state = Mutex(State())

    var isConnected: Bool {
        state.withLock { $0.connection?.isOpen ?? false }
    }

    func subscribe(to channel: String) -> AsyncStream<RedisMessage> {
        let (stream, listener) = AsyncStream.makeStream(of: RedisMessage.self, bufferingPolicy: .bufferingNewest(4096))
        // Commands are posted under the lock, so Redis hears them in the order in which the audiences changed.
        let number = state.withLock { state -> Int? in
            guard !state.isOver else { return nil }
            if state.audiences[channel] == nil { state.connection?.post(["SUBSCRIBE", .text(channel)]) }
            var audience = state.audiences[channel] ?? Audience()
            if audience.isConfirmed { listener.yield(.subscribed) }
            audience.listeners[state.nextListener] = listener
            state.audiences[channel] = audience
            state.nextListener += 1
            return state.nextListener - 1
        }
        if let number {
            listener.onTermination = { [weak self] _ in self?.remove(number, from: channel) }
        } else {
            listener.finish()
        }
        return stream
    }

    private func remove(_ listener: Int, from channel: String) {
        state.withLock { state in
            state.audiences[channel]?.listeners[listener] = nil
            guard let audience = state.audiences[channel], audience.listeners.isEmpty else { return }
            state.audiences[channel] = nil
            state.connection?.post(["UNSUBSCRIBE", .text(channel)])
        }
    }

    /// Holds one connection until it ends.
    func hold(_ address: RedisAddress, _ settings: RedisConnection.Settings) async throws {
        let connection = try await RedisConnection.open(address, settings) { [weak self] in self?.receive($0) }
        state.withLock { state in
            state.connection = connection
            if !state.audiences.isEmpty { connection.post(["SUBSCRIBE"] + state.audiences.keys.map { .text($0) }) }
        }
        await connection.waitUntilClosed()
        state.withLock { state in
            state.connection = nil
            for channel in state.audiences.keys { state.audiences[channel]?.isConfirmed = false }
        }
    }

    private func receive(_ value: RedisValue) {
        guard let parts = value.array, parts.count == 3, let channel = parts[1].text else { return }
        switch parts[0].text {
        case "subscribe":
            tell(channel, .subscribed)
        case "message":
            if let payload = parts[2].bytes { tell(channel, .message(payload)) }
        default:
            break
        }
    }

    private func tell(_ channel: String, _ message: RedisMessage) {
        let listeners = state.withLock { state -> [Listener] in
            if message == .subscribed { state.audiences[channel]?.isConfirmed = true }
            return state.audiences[channel].map { Array($0.listeners.values) } ?? []
        }
        for listener in listeners { listener.yield(message) }
    }

    /// Ends all streams, and those asked for later.
    func end() {
        let listeners = state.withLock { state -> [Listener] in
            state.isOver = true
            return state.audiences.values.flatMap(\.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
