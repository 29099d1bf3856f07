import NIOCore

/// Detects that a connection which only listens is dead: `IdleStateHandler` reports silence; the first time we send a PING, the second time
/// we close.
final class Heartbeat: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var hasAsked = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasAsked = false
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let idle = event as? IdleStateHandler.IdleStateEvent, idle == .read else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard !hasAsked else { return context.close(promise: nil) }
        hasAsked = true
        // PING is one of the few commands that RESP2 allows during subscriptions.
        var ping = ByteBuffer()
        ping.writeCommand(["PING"])
        context.writeAndFlush(wrapOutboundOut(ping), promise: nil)
    }
}
