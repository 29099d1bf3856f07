import Logging
import NIOCore

/// Matches replies with waiters: Redis answers in the order it was asked. A late reply therefore holds up all behind it, and the connection
/// is dropped rather than waited for.
final class ReplyHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = SendBuffer.Batch
    typealias OutboundOut = ByteBuffer

    /// Asks the handler to close the channel once the last waiter has its answer.
    struct Drain: Sendable {}

    private var reader: ReplyReader
    private var waiters = CircularBuffer<Waiter>()
    private var timer: Scheduled<Void>?
    private var isDraining = false
    private let sendBuffer: SendBuffer
    private let logger: Logger
    private let push: (@Sendable (RedisValue) -> Void)?

    /// - Parameter push: takes replies that nobody waits for, on a connection that subscribes; on any other such a reply is an error.
    init(sendBuffer: SendBuffer, logger: Logger, push: (@Sendable (RedisValue) -> Void)?) throws(RedisError) {
        reader = try ReplyReader()
        self.sendBuffer = sendBuffer
        self.logger = logger
        self.push = push
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let batch = unwrapOutboundIn(data)
        waiters.append(contentsOf: batch.waiters)
        context.write(wrapOutboundOut(batch.bytes), promise: promise)
        watch(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            try reader.feed(unwrapInboundIn(data))
            while let value = try reader.next() { try deliver(value) }
        } catch {
            logger.error("Redis broke the protocol", metadata: ["error": "\(error)"])
            context.close(promise: nil)
        }
        if isDraining, waiters.isEmpty { context.close(promise: nil) }
    }

    private func deliver(_ value: RedisValue) throws(RedisError) {
        if let waiter = waiters.popFirst() {
            if case .error(let message) = value {
                waiter.continuation.resume(returning: .failure(.refused(message)))
            } else {
                waiter.continuation.resume(returning: .success(value))
            }
        } else if let push {
            push(value)
        } else {
            throw .unexpectedReply("an unexpected answer")
        }
    }

    /// One timer for the connection: all commands have the same time-out, so the first in line times out first.
    private func watch(_ context: ChannelHandlerContext) {
        guard timer == nil, let first = waiters.first else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: first.deadline) {
            self.timer = nil
            self.expire(context)
        }
    }

    private func expire(_ context: ChannelHandlerContext) {
        guard let first = waiters.first else { return }
        guard first.deadline <= .now() else { return watch(context) }
        waiters.removeFirst()
        first.continuation.resume(returning: .failure(.timedOut))
        context.close(promise: nil)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Drain else { return context.triggerUserOutboundEvent(event, promise: promise) }
        isDraining = true
        if waiters.isEmpty { context.close(promise: nil) }
        promise?.succeed()
    }

    func channelInactive(context: ChannelHandlerContext) {
        abandonWaiters()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        abandonWaiters()
    }

    private func abandonWaiters() {
        timer?.cancel()
        for waiter in waiters + sendBuffer.close() {
            waiter.continuation.resume(returning: .failure(.unavailable))
        }
        waiters.removeAll()
    }
}
