package import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Access to Redis: commands over one shared connection, subscriptions over another, both kept up by `run()`. While Redis is away commands
/// fail at once with `RedisError.unavailable`; nothing is queued.
package final class RedisClient: Service, Sendable {
    private let address: RedisAddress
    private let settings: RedisConnection.Settings
    private let connection = Mutex<RedisConnection?>(nil)
    private let subscriptions = Subscriptions()

    /// - Parameters:
    ///   - url: `redis://[user][:password]@host[:port][/database]` or `unix://[user][:password]@/path[?database=n]`.
    ///   - timeout: for connecting and for each answer.
    ///   - heartbeat: silence after which a listening connection has to prove that it is alive.
    package init(
        url: String,
        logger: Logger,
        timeout: Duration = .seconds(1),
        heartbeat: Duration = .seconds(15)
    ) throws(RedisError) {
        address = try RedisAddress(url)
        settings = .init(timeout: TimeAmount(timeout), heartbeat: TimeAmount(heartbeat), logger: logger)
    }

    package var isConnected: Bool {
        connection.withLock { $0?.isOpen ?? false }
    }

    package func command(_ arguments: [RedisArgument]) async throws(RedisError) -> RedisValue {
        guard let connection = connection.withLock({ $0 }) else { throw .unavailable }
        return try await connection.send(arguments)
    }

    /// Messages of a channel until the stream is dropped or the client ends; it outlives interruptions.
    package func subscribe(to channel: String) -> AsyncStream<RedisMessage> {
        subscriptions.subscribe(to: channel)
    }

    /// Returns after a graceful shutdown or cancellation, when the commands on their way have been answered.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask {
                    await Reconnection(purpose: "commands", logger: self.settings.logger).run { try await self.hold() }
                }
                group.addTask {
                    await Reconnection(purpose: "subscriptions", logger: self.settings.logger)
                        .run { try await self.subscriptions.hold(self.address, self.settings) }
                }
            }
        }
        subscriptions.end()
    }

    private func hold() async throws {
        let opened = try await RedisConnection.open(address, settings)
        connection.withLock { $0 = opened }
        settings.logger.info("Redis connected")
        await opened.waitUntilClosed()
        connection.withLock { $0 = nil }
    }
}
