import HTTPTypes
import Kernel
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Comes before everything that reads requests: refuses heads that can be read in two ways, and ends a request that takes too long to come
/// in. It sees HTTP/1 as it was parsed, before it is turned into types that know neither versions nor a second Host.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Incoming {
        case head
        case body(isUpload: Bool, since: NIODeadline, received: Int)
    }

    private let pace: RequestPace
    private let clock: Clock
    private var incoming = Incoming.head
    /// Requests whose answers have not been finished.
    private var unanswered = 0
    private var answerHasBegun = false
    private var isOver = false
    private var waitingSince = NIODeadline.now()
    private var hasServed = false
    /// Since when the client has not been reading what is written.
    private var stalledSince: NIODeadline?
    private var alarm: Scheduled<Void>?

    init(_ pace: RequestPace, clock: Clock) {
        self.pace = pace
        self.clock = clock
    }

    func channelActive(context: ChannelHandlerContext) {
        waitingSince = .now()
        setAlarm(context, at: deadline ?? .now())
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let problem = RequestFraming.problem(in: head) { return refuse(context, .malformed(problem), status: .badRequest) }
            unanswered += 1
            let isUpload = head.headers.first(name: "content-type")?.lowercased().hasPrefix("multipart/") ?? false
            incoming = .body(isUpload: isUpload, since: .now(), received: 0)
        case .body(let bytes):
            if case .body(let isUpload, let since, let received) = incoming {
                incoming = .body(isUpload: isUpload, since: since, received: received + bytes.readableBytes)
            }
        case .end: incoming = .head
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code >= 200: answerHasBegun = true
        case .end:
            unanswered -= 1
            answerHasBegun = false
            hasServed = true
            waitingSince = .now()
        default: break
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stalledSince = context.channel.isWritable ? nil : .now()
        context.fireChannelWritabilityChanged()
    }

    /// A head that NIO's parser doesn't understand gets an answer before the connection is closed.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError, !isOver, !isInBody else { return context.fireErrorCaught(error) }
        refuse(context, .malformed("The request is not HTTP/1.1."), status: .badRequest)
    }

    /// When what we are waiting for must have arrived; nil while the client is waiting for us.
    private var deadline: NIODeadline? {
        if let stalledSince { return stalledSince + TimeAmount(pace.answer) }
        return switch incoming {
        case .body(let isUpload, let since, let received):
            since + TimeAmount(pace.limit(isUpload: isUpload, received: received))
        case .head: unanswered > 0 ? nil : waitingSince + TimeAmount(hasServed ? pace.nextHead : pace.firstHead)
        }
    }

    /// One timer per connection, set again when it fires: requests themselves neither set nor cancel any.
    private func setAlarm(_ context: ChannelHandlerContext, at time: NIODeadline) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(deadline: time) {
            let (handler, context) = bound.value
            handler.ring(context)
        }
    }

    private func ring(_ context: ChannelHandlerContext) {
        guard !isOver, context.channel.isActive else { return }
        let now = NIODeadline.now()
        guard let deadline else { return setAlarm(context, at: now + TimeAmount(min(pace.firstHead, pace.body))) }
        guard deadline <= now else { return setAlarm(context, at: deadline) }
        if stalledSince != nil { return context.close(promise: nil) }
        // A kept-alive connection on which no further request came is closed without an answer.
        if case .head = incoming, hasServed { return end(context) }
        refuse(context, .tooSlow, status: .requestTimeout)
    }

    /// Answers, if the answer can still be told from another one, and ends the connection.
    private func refuse(_ context: ChannelHandlerContext, _ failure: Failure, status: HTTPResponseStatus) {
        guard !answerHasBegun, unanswered == (isInBody ? 1 : 0) else { return end(context) }
        let requestID = RequestInfo.newRequestID()
        let body = Envelope.failure(failure, requestID: requestID, at: clock.now())
        let headers: HTTPHeaders = [
            "content-type": "application/json", "content-length": String(body.readableBytes), "connection": "close",
            "x-request-id": requestID, "x-content-type-options": "nosniff", "cache-control": "no-store",
        ]
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        end(context)
    }

    private var isInBody: Bool {
        if case .body = incoming { true } else { false }
    }

    /// Closes our side at once and the other a moment later, because a reset while bytes are still coming in would take the answer with it.
    private func end(_ context: ChannelHandlerContext) {
        isOver = true
        alarm?.cancel()
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(in: .seconds(1)) { bound.value.close(promise: nil) }
    }
}

/// Installs the guard where Hummingbird offers no hook: before the codec that turns HTTP/1 into types of its own.
final class RequestGuardInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let pace: RequestPace
    private let clock: Clock

    init(_ pace: RequestPace, clock: Clock) {
        self.pace = pace
        self.clock = clock
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(RequestGuard(pace, clock: clock), position: .before(codec))
        } catch {
            // Nobody is served without the guard.
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }
}

extension Failure {
    fileprivate static func malformed(_ problem: String) -> Failure { .validation("request", problem) }

    /// 408, which no operation can fail with.
    fileprivate static let tooSlow = Failure(.validation, "The request took too long to arrive.", code: "REQUEST_TIMEOUT")
}
