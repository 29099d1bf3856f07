import HTTPTypes
import Hummingbird
import Kernel
import Redis

/// Handles each request from beginning to end: route, limit, authenticate, admit, read, perform, encode. A request that will be refused
/// never reads a body and never takes a database connection.
struct APIResponder: HTTPResponder {
    let configuration: WebConfiguration
    let routes: RouteTable
    let pages: FixedPages
    let authenticator: any Authenticator
    let limiter: RequestLimiter
    let reader: ContentReader
    let answers: StoredAnswers
    let headers: FixedHeaders
    let log: RequestLog
    let clock: Clock

    @concurrent
    func respond(to request: Request, context: WebContext) async throws -> Response {
        let info = RequestInfo(request, context, trusting: configuration.trustedProxies)
        var trace = RequestTrace()
        var response: Response
        do {
            response = try await serve(request, info, context, &trace)
        } catch {
            trace.failure = error
            response = refusal(error, info)
        }
        for (name, value) in trace.headers { response.headers[name] = value }
        headers.add(to: &response, for: request, info)
        let status = response.status.code
        if request.method == .head { response = response.createHeadResponse() }
        if status != 101, endsConnection(after: request, trace) {
            response.endConnection(draining: trace.bodyIsTouched ? nil : request.body)
        }
        log.write(trace, method: request.method, status: status, info: info)
        return response
    }

    private func serve(
        _ request: Request,
        _ info: RequestInfo,
        _ context: WebContext,
        _ trace: inout RequestTrace
    ) async throws(Failure) -> Response {
        if let preflight = headers.preflight(request) { return preflight }
        let path = request.uri.path
        if let page = pages[path] {
            trace.template = path
            return try await page.answer(request)
        }
        if configuration.console != nil, path == Self.consoleSessionPath {
            return try await answerConsoleSession(request, info, context, &trace)
        }
        switch routes.match(request.method.rawValue, path) {
        case .none: throw .notFound
        case .otherMethods(let methods):
            trace.headers.append((.allow, methods.sorted().joined(separator: ", ")))
            throw .methodNotAllowed
        case .found(let endpoint, let parameters):
            trace.template = endpoint.template
            var call = Call(request: request, endpoint: endpoint, parameters: parameters, info: info, context: context)
            // Public operations need no session, so an expired one doesn't matter.
            if configuration.console != nil, !endpoint.isForAnyone {
                let isOwnPage = endpoint.operation.socket != nil && SocketHandshake.isOwnPage(request, configuration)
                call.cookie = ConsoleCookie(request, secure: isSecure, isOwnPage: isOwnPage)
            }
            return try await answer(call, &trace)
        }
    }

    private func refusal(_ failure: Failure, _ info: RequestInfo) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = "application/json"
        if failure.kind == .unauthorized { fields[.wwwAuthenticate] = "Bearer" }
        if case .integer(let seconds) = failure.details["retryAfter"] { fields[.retryAfter] = String(seconds) }
        let body = Envelope.failure(failure, requestID: info.requestID, at: clock.now())
        return Response(status: .init(code: failure.status), headers: fields, body: ResponseBody(byteBuffer: body))
    }

    /// NIO's decoder stops for good after a request with an Upgrade header. And after a refusal nobody reads on without knowing how much is
    /// coming.
    private func endsConnection(after request: Request, _ trace: RequestTrace) -> Bool {
        if request.headers[.upgrade] != nil { return true }
        guard trace.failure != nil || !trace.bodyIsTouched else { return false }
        if let length = request.contentLength { return length > configuration.maximumUpload + ContentReader.formOverhead }
        return request.headers[.transferEncoding] != nil
    }
}

extension Failure {
    /// The one status without a kind of its own: no operation can fail with it.
    var status: Int { code == Failure.methodNotAllowed.code ? 405 : kind.status }
}

extension Response {
    /// Ends the connection after this response. What still comes in is read for a while first, or the client might see a reset instead of
    /// the answer.
    mutating func endConnection(draining incoming: RequestBody?) {
        headers[.connection] = "close"
        let content = body
        body = ResponseBody(contentLength: content.contentLength) { writer in
            try await content.write(writer)
            var drained = 0
            if let incoming {
                for try await chunk in incoming {
                    drained += chunk.readableBytes
                    if drained > ContentReader.patience { break }
                }
            }
            throw ConnectionEnds()
        }
    }
}

private struct ConnectionEnds: Error {}
