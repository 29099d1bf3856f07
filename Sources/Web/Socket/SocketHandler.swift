import Foundation
import NIOCore
import NIOWebSocket

/// Frames of one WebSocket by the rules of RFC 6455 that NIO leaves to its users: masks, reserved bits and opcodes, the order of fragments,
/// the size of a whole message, valid UTF-8, one close frame each way. It sends pings, and takes silence for the end.
final class SocketHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = Never
    typealias OutboundOut = WebSocketFrame

    /// What the conversation's task asks of the connection's thread.
    enum Request: Sendable {
        case write(WebSocketFrame, EventLoopPromise<Void>)
        case close(WebSocketErrorCode, String)
        /// There is room for more messages.
        case read
    }

    private let connection: SocketConnection
    private let pace: SocketPace
    /// The message that is coming in fragments.
    private var partial: ByteBuffer?
    private var isPaused = false
    private var wantsRead = false
    private var hasSentClose = false
    private var isOver = false
    private var heardSincePing = true
    private var alarm: Scheduled<Void>?

    init(_ connection: SocketConnection, _ pace: SocketPace) {
        self.connection = connection
        self.pace = pace
    }

    func handlerAdded(context: ChannelHandlerContext) {
        schedulePing(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        finish()
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        context.fireChannelInactive()
    }

    private func finish() {
        isOver = true
        alarm?.cancel()
        connection.messages.finish()
    }

    func read(context: ChannelHandlerContext) {
        if isPaused { wantsRead = true } else { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOWebSocketError.invalidFrameLength: sendClose(context, .messageTooLarge, "The message is too large.")
        case is NIOWebSocketError: sendClose(context, .protocolError, "")
        default: context.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        let frame = unwrapInboundIn(data)
        heardSincePing = true
        // A client masks each frame (section 5.1), and no extension was agreed on that could use the reserved bits.
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return sendClose(context, .protocolError, "") }
        switch frame.opcode {
        case .text:
            guard partial == nil else { return sendClose(context, .protocolError, "") }
            take(context, frame.unmaskedData, isLast: frame.fin)
        case .continuation:
            guard var message = partial else { return sendClose(context, .protocolError, "") }
            // With a second reference, each fragment would copy everything before it.
            partial = nil
            var more = frame.unmaskedData
            message.writeBuffer(&more)
            take(context, message, isLast: frame.fin)
        case .ping: pong(context, frame)
        case .pong: break
        case .connectionClose: answerClose(context, frame)
        case .binary: sendClose(context, .unacceptableData, "Only text messages are accepted.")
        default: sendClose(context, .protocolError, "")
        }
    }

    private func take(_ context: ChannelHandlerContext, _ message: ByteBuffer, isLast: Bool) {
        guard message.readableBytes <= pace.maximumMessage else {
            return sendClose(context, .messageTooLarge, "The message is too large.")
        }
        guard isLast else {
            partial = message
            return
        }
        partial = nil
        guard let text = String(validating: message.readableBytesView, as: UTF8.self) else {
            return sendClose(context, .dataInconsistentWithMessage, "")
        }
        // After our close frame nobody listens any more; the connection waits for the other side's.
        guard !hasSentClose else { return }
        if !connection.messages.add(text) { isPaused = true }
    }

    private func pong(_ context: ChannelHandlerContext, _ frame: WebSocketFrame) {
        guard !hasSentClose else { return }
        write(context, WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
    }

    private func answerClose(_ context: ChannelHandlerContext, _ frame: WebSocketFrame) {
        var data = frame.unmaskedData
        let code = Self.code(of: &data)
        if !hasSentClose { write(context, Self.closeFrame(code ?? .protocolError, "")) }
        end(context)
    }

    /// Nil for codes that no close frame may carry (section 7.4).
    private static func code(of data: inout ByteBuffer) -> WebSocketErrorCode? {
        if data.readableBytes == 0 { return .normalClosure }
        guard let number = data.readInteger(as: UInt16.self), String(validating: data.readableBytesView, as: UTF8.self) != nil else {
            return nil
        }
        let isKnown = (1000...1003).contains(number) || (1007...1014).contains(number) || (3000...4999).contains(number)
        return isKnown ? WebSocketErrorCode(codeNumber: Int(number)) : nil
    }

    func heed(_ request: Request, _ context: ChannelHandlerContext) {
        switch request {
        case .write(let frame, let written):
            guard !isOver, !hasSentClose else { return written.fail(ChannelError.ioOnClosedChannel) }
            context.writeAndFlush(wrapOutboundOut(frame), promise: written)
        case .close(let code, let reason): sendClose(context, code, reason)
        case .read:
            isPaused = false
            guard wantsRead else { return }
            wantsRead = false
            context.read()
        }
    }

    private func sendClose(_ context: ChannelHandlerContext, _ code: WebSocketErrorCode, _ reason: String) {
        guard !isOver, !hasSentClose else { return }
        hasSentClose = true
        connection.messages.finish()
        write(context, Self.closeFrame(code, reason))
        isPaused = false
        context.read()
        setAlarm(context, in: pace.closing) { handler, context in handler.end(context) }
    }

    private func end(_ context: ChannelHandlerContext) {
        finish()
        context.close(promise: nil)
    }

    private static func closeFrame(_ code: WebSocketErrorCode, _ reason: String) -> WebSocketFrame {
        var data = ByteBuffer()
        data.write(webSocketErrorCode: code)
        data.writeString(String(reason.prefix(100)))
        return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
    }

    private func write(_ context: ChannelHandlerContext, _ frame: WebSocketFrame) {
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    private func schedulePing(_ context: ChannelHandlerContext) {
        setAlarm(context, in: pace.ping) { handler, context in
            guard handler.heardSincePing || handler.isPaused else { return handler.end(context) }
            handler.heardSincePing = false
            handler.write(context, WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
            handler.schedulePing(context)
        }
    }

    private func setAlarm(
        _ context: ChannelHandlerContext,
        in time: Duration,
        _ ring: @escaping @Sendable (SocketHandler, ChannelHandlerContext) -> Void
    ) {
        alarm?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(in: TimeAmount(time)) {
            let (handler, context) = bound.value
            if !handler.isOver { ring(handler, context) }
        }
    }
}
