import Crypto
import HTTPTypes
import Hummingbird
import Kernel
import Redis

import struct Foundation.Date

/// A request to an endpoint.
struct Call: Sendable {
    let request: Request
    let endpoint: Endpoint
    let parameters: [String: String]
    let info: RequestInfo
    let context: WebContext
    /// The console's session, if the caller signed in with it.
    var cookie: ConsoleCookie?

    var bearer: String? {
        get throws(Failure) {
            guard let header = request.headers[.authorization] else { return cookie?.access }
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .unauthorized }
            return String(parts[1])
        }
    }

    /// The host name without its port.
    var host: String? {
        guard let authority = request.head.authority else { return nil }
        if authority.first == "[" { return authority.split(separator: "]").first.map { $0.dropFirst().lowercased() } }
        return authority.split(separator: ":").first.map { $0.lowercased() }
    }

    func source(_ content: RequestContent) throws(Failure) -> InputSource {
        var source = InputSource(body: content.json, texts: content.texts, files: content.files)
        if let query = request.uri.query {
            source.texts.merge(try Query.fields(query, known: endpoint.queryFields)) { _, query in query }
        }
        source.texts.merge(parameters) { _, path in path }
        if let header = request.headers[.ifMatch], endpoint.operation.method != .get {
            guard endpoint.takesVersion else { throw .validation("ifMatch", "This operation compares no versions. Send no If-Match.") }
            source.expectedVersion = try ETag.expected(header)
        }
        return source
    }

    /// The key under which the answer is stored, if the caller asked for that.
    var idempotencyKey: String? {
        get throws(Failure) {
            guard endpoint.storesAnswers, let key = request.headers[.idempotencyKey] else { return nil }
            guard (1...255).contains(key.unicodeScalars.count) else {
                throw .validation("idempotencyKey", "Must have 1 to 255 characters.")
            }
            return key
        }
    }

    func fingerprint(_ content: RequestContent) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("\(request.method.rawValue) \(request.uri.string)\n".utf8))
        hash.update(data: content.fingerprint)
        return Array(hash.finalize())
    }
}

extension APIOperation {
    /// Whether a system admin may do it in a tenant where they have no account: everything that an administrator does there, but nothing
    /// that is done in person.
    var isOpenToVisitors: Bool { access == .tenantAdmin }
}

extension RequestContent {
    /// The account being tried, parsed as the operation will parse it, so that all spellings count as the same account.
    fileprivate var account: EmailAddress? {
        guard let text = json["email"]?.string else { return nil }
        return try? EmailAddress(text)
    }
}

extension APIResponder {
    func answer(_ call: Call, _ trace: inout RequestTrace) async throws(Failure) -> Response {
        try await response(to: call, outcome(of: call, &trace))
    }

    func outcome(of call: Call, _ trace: inout RequestTrace) async throws(Failure) -> Answer {
        let operation = call.endpoint.operation
        // Public operations run as nobody: a token sent along changes neither who is counted nor which tenant is meant.
        let bearer = call.endpoint.isForAnyone ? nil : try call.bearer
        let isGuess = operation.limit.countsGuesses
        if bearer == nil || isGuess { try trace.note(await limiter.take(address: call.info.address, operation.limit)) }
        var early: RequestContent?
        // Before sign-in the body may name the tenant.
        if call.endpoint.takesTenantCode { early = try await read(call, &trace) }
        defer { early?.discard() }
        // A code longer than any tenant's isn't looked up; reading the input rejects it.
        let code = early.flatMap { $0.json["tenantCode"]?.string ?? $0.texts["tenantCode"] }.flatMap { $0.utf8.count <= 252 ? $0 : nil }
        var caller = try await caller(of: call, bearer: bearer, tenantCode: code, &trace)
        trace.caller = caller
        let signedIn = caller
        if let tenant = call.request.headers[.tenureTenant] {
            caller = try await enter(tenant, caller, for: operation)
            trace.caller = caller
        }
        try operation.admit(caller)
        try trace.note(await limiter.take(caller, operation.limit))
        let content = if let early { early } else { try await read(call, &trace) }
        defer { content.discard() }
        if isGuess, let account = content.account { try trace.note(await limiter.take(account: account, by: caller)) }
        let answer = try await perform(call, content, by: caller, signedInAs: signedIn)
        if isGuess { await limiter.giveBack(toAddress: call.info.address, operation.limit) }
        return answer
    }

    /// Enters the tenant that the header names. Only for what an administrator does there: everything else is done in one's own tenant.
    private func enter(_ tenant: String, _ caller: Caller, for operation: APIOperation) async throws(Failure) -> Caller {
        guard operation.isOpenToVisitors else { throw caller.refusal }
        guard let id = Identifier<Tenant>(tenant) else { throw .validation("X-Tenure-Tenant", "Must be the id of a tenant.") }
        return try await authenticator.enter(id, as: caller, operation.summary)
    }

    private func read(_ call: Call, _ trace: inout RequestTrace) async throws(Failure) -> RequestContent {
        if let length = call.request.contentLength, length > reader.limit(call.endpoint) { throw .tooLarge(reader.limit(call.endpoint)) }
        trace.bodyIsTouched = call.endpoint.body != .none
        return try await reader.read(call.request, for: call.endpoint)
    }

    private func perform(
        _ call: Call,
        _ content: RequestContent,
        by caller: Caller,
        signedInAs signedIn: Caller
    ) async throws(Failure) -> Answer {
        let operation = call.endpoint.operation
        let source = try call.source(content)
        if operation.socket != nil {
            let handshake = try SocketHandshake(call.request, allowing: configuration)
            var answer = Answer(status: operation.status)
            let talk = try operation.open(source, by: caller)
            answer.socket = SocketAnswer(accept: handshake.accept, caller: signedIn, tenant: caller.tenant, talk: talk)
            return answer
        }
        if let key = try call.idempotencyKey, let user = SignedIn(operation.limiting(caller)) {
            return try await answers.answer(key, call.fingerprint(content), by: user, to: operation, source)
        }
        return try Answer(await operation.perform(source, by: caller), of: operation)
    }

    private func response(to call: Call, _ answer: Answer) async throws(Failure) -> Response {
        var fields = HTTPFields()
        if let version = answer.version {
            fields[.eTag] = ETag.text(version)
            fields[.cacheControl] = "private, no-cache"
            if call.endpoint.operation.method == .get, let known = call.request.headers[.ifNoneMatch], ETag.matches(known, version) {
                return Response(status: .notModified, headers: fields)
            }
        }
        if answer.isReplayed { fields[.idempotentReplayed] = "true" }
        if let socket = answer.socket { return response(to: call, socket) }
        if let file = answer.download { return try await download(file, fields, in: call.context) }
        let status = HTTPResponse.Status(code: answer.status)
        if answer.status == 204 { return Response(status: status, headers: fields) }
        fields[.contentType] = "application/json"
        let body = Envelope.success(answer.data, requestID: call.info.requestID, at: clock.now())
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: body))
    }
}

extension RequestTrace {
    /// Keeps a limit's state for the response; throws if it refused.
    mutating func note(_ decision: RateLimitDecision?) throws(Failure) {
        guard let decision else { return }
        let reset = Int(Date().timeIntervalSince1970) + decision.resetAfter.wholeSeconds
        headers += [
            (.xRateLimitLimit, String(decision.limit)), (.xRateLimitRemaining, String(decision.remaining)),
            (.xRateLimitReset, String(reset)),
        ]
        if !decision.allowed { throw .tooMany(decision) }
    }
}
