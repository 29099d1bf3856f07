import NIOCore
import NIOWebSocket

import struct Foundation.Data

/// An open WebSocket as the conversation's task sees it: messages in the order they came, and frames that go out on the connection's own
/// thread.
final class SocketConnection: Sendable {
    let messages: SocketMessages
    private let channel: any Channel

    init(_ pace: SocketPace, on channel: any Channel) {
        self.channel = channel
        messages = SocketMessages(most: pace.backlog) { Self.tell(SocketHandler.Request.read, on: channel) }
    }

    /// Returns when the connection has taken it: a slow reader slows the writer down.
    func send(_ text: Data) async throws {
        let written = channel.eventLoop.makePromise(of: Void.self)
        Self.tell(.write(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: text)), written), on: channel)
        try await written.futureResult.get()
    }

    /// Sends a close frame and waits for the other side's, or for the connection to end.
    func close(_ code: WebSocketErrorCode, _ reason: String) async {
        Self.tell(.close(code, reason), on: channel)
        // It ends either way: by the answer or by the timer.
        try? await channel.closeFuture.get()
    }

    private static func tell(_ request: SocketHandler.Request, on channel: any Channel) {
        channel.eventLoop.execute {
            do {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.handler(type: SocketHandler.self).heed(request, try pipeline.context(handlerType: SocketHandler.self))
            } catch {
                if case .write(_, let written) = request { written.fail(ChannelError.ioOnClosedChannel) }
            }
        }
    }
}
