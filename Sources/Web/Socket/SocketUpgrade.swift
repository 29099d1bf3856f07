import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// Turns a connection into a WebSocket when the answer 101 goes out: it removes the handlers of HTTP and adds those of frames. NIO's own
/// upgrader comes before routing, loses refused requests, and takes only a connection's first one.
final class SocketUpgrade: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let pace: SocketPace
    private var upgraded: EventLoopPromise<SocketConnection>?
    private var isSocket = false

    init(_ pace: SocketPace) {
        self.pace = pace
    }

    func handlerAdded(context: ChannelHandlerContext) {
        upgraded = context.eventLoop.makePromise()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        upgraded?.fail(ChannelError.alreadyClosed)
    }

    func channelInactive(context: ChannelHandlerContext) {
        upgraded?.fail(ChannelError.alreadyClosed)
        context.fireChannelInactive()
    }

    /// The socket, once the connection has become one.
    static func connection(on channel: any Channel) async throws -> SocketConnection {
        try await channel.eventLoop.flatSubmit {
            do {
                let upgrade = try channel.pipeline.syncOperations.handler(type: SocketUpgrade.self)
                return upgrade.upgraded?.futureResult ?? channel.eventLoop.makeFailedFuture(ChannelError.alreadyClosed)
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
        }.get()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // The answer continues as the socket; its body and its end are not sent.
        if isSocket {
            promise?.succeed()
            return
        }
        guard case .head(let head) = unwrapOutboundIn(data), head.status == .switchingProtocols else {
            context.write(data, promise: promise)
            return
        }
        isSocket = true
        context.writeAndFlush(data, promise: promise)
        do {
            try upgrade(context)
        } catch {
            upgraded?.fail(error)
            context.close(promise: nil)
        }
    }

    private func upgrade(_ context: ChannelHandlerContext) throws {
        let pipeline = context.pipeline.syncOperations
        let connection = SocketConnection(pace, on: context.channel)
        try pipeline.addHandlers(
            [
                WebSocketFrameEncoder(), ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: pace.maximumMessage)),
                SocketHandler(connection, pace),
            ],
            position: .before(self)
        )
        pipeline.removeHandler(try pipeline.handler(type: HTTP1ToHTTPServerCodec.self), promise: nil)
        pipeline.removeHandler(try pipeline.handler(type: RequestGuard.self), promise: nil)
        pipeline.removeHandler(try pipeline.handler(type: HTTPResponseEncoder.self), promise: nil)
        // Last, because it passes on what it has read beyond the request.
        pipeline.removeHandler(try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self), promise: nil)
        upgraded?.succeed(connection)
    }
}
