import Logging
import NIOCore
import NIOPosix

/// One connection that many tasks share. Once it has ended, every command fails with `unavailable`; it does not come back.
final class RedisConnection: Sendable {
    /// What a connection needs besides its address.
    struct Settings: Sendable {
        /// For connecting and for each answer.
        var timeout: TimeAmount
        /// Silence on a listening connection after which it has to prove that it is alive.
        var heartbeat: TimeAmount = .seconds(15)
        var logger: Logger
    }

    private let channel: any Channel
    private let sendBuffer: SendBuffer
    private let timeout: TimeAmount

    private init(channel: any Channel, sendBuffer: SendBuffer, timeout: TimeAmount) {
        self.channel = channel
        self.sendBuffer = sendBuffer
        self.timeout = timeout
    }

    /// Connects, signs in and checks that Redis answers.
    static func open(
        _ address: RedisAddress,
        _ settings: Settings,
        push: (@Sendable (RedisValue) -> Void)? = nil
    ) async throws -> RedisConnection {
        let sendBuffer = SendBuffer()
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(settings.timeout)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if push != nil {
                        try pipeline.addHandlers([IdleStateHandler(readTimeout: settings.heartbeat), Heartbeat()])
                    }
                    try pipeline.addHandler(ReplyHandler(sendBuffer: sendBuffer, logger: settings.logger, push: push))
                }
            }
        let channel: any Channel
        switch address.endpoint {
        case .tcp(let host, let port): channel = try await bootstrap.connect(host: host, port: port).get()
        case .unix(let path): channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
        }
        let connection = RedisConnection(channel: channel, sendBuffer: sendBuffer, timeout: settings.timeout)
        do {
            for command in address.greeting { _ = try await connection.send(command) }
        } catch {
            channel.close(promise: nil)
            throw error
        }
        return connection
    }

    var isOpen: Bool { sendBuffer.isOpen }

    func send(_ arguments: [RedisArgument]) async throws(RedisError) -> RedisValue {
        let answer = await withCheckedContinuation { continuation in
            let waiter = Waiter(continuation: continuation, deadline: .now() + timeout)
            switch sendBuffer.add(arguments, waiter) {
            case .first: channel.eventLoop.execute { self.flush() }
            case .joined: break
            case .closed: continuation.resume(returning: .failure(.unavailable))
            }
        }
        return try answer.get()
    }

    /// Sends a command whose reply, if any, is pushed.
    func post(_ arguments: [RedisArgument]) {
        guard case .first = sendBuffer.add(arguments) else { return }
        channel.eventLoop.execute { self.flush() }
    }

    private func flush() {
        let batch = sendBuffer.take()
        guard batch.bytes.readableBytes > 0 else { return }
        channel.writeAndFlush(batch, promise: nil)
    }

    /// Returns when the connection has ended. Cancellation ends it, after the commands on their way have been answered.
    func waitUntilClosed() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                channel.closeFuture.whenComplete { _ in continuation.resume() }
            }
        } onCancel: {
            drain()
        }
    }

    private func drain() {
        channel.eventLoop.execute {
            self.flush()
            for waiter in self.sendBuffer.close() { waiter.continuation.resume(returning: .failure(.unavailable)) }
            self.channel.triggerUserOutboundEvent(ReplyHandler.Drain(), promise: nil)
        }
    }
}
