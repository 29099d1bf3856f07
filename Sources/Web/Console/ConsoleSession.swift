import HTTPTypes
import Hummingbird
import Kernel

/// Signs in to the console and out of it: the declared operations do it, and only the cookie is added here.
extension APIResponder {
    static let consoleSessionPath = "/admin/session"

    func answerConsoleSession(
        _ request: Request,
        _ info: RequestInfo,
        _ context: WebContext,
        _ trace: inout RequestTrace
    ) async throws(Failure) -> Response {
        trace.template = Self.consoleSessionPath
        guard request.method == .post || request.method == .delete else { throw .methodNotAllowed }
        guard request.headers[.tenureConsole] == "1" else { throw .forbidden }
        let isSignIn = request.method == .post
        let endpoint = try endpoint(isSignIn ? "/auth/login" : "/auth/logout")
        var call = Call(request: request, endpoint: endpoint, parameters: [:], info: info, context: context)
        call.cookie = isSignIn ? nil : ConsoleCookie(request, secure: isSecure)
        return isSignIn ? try await signIn(call, &trace) : try await signOut(call, &trace)
    }

    /// The tokens stay in the cookie; the page gets only the user.
    private func signIn(_ call: Call, _ trace: inout RequestTrace) async throws(Failure) -> Response {
        let answer = try await outcome(of: call, &trace).json
        var fields = HTTPFields()
        fields[.setCookie] = try ConsoleCookie(answer).header(secure: isSecure)
        fields[.contentType] = "application/json"
        let data = JSON.object(["user": answer["user"] ?? .null]).canonicalBytes
        let body = Envelope.success(data, requestID: call.info.requestID, at: clock.now())
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: body))
    }

    /// Clears the cookie whatever the session's state: signing out twice works.
    private func signOut(_ call: Call, _ trace: inout RequestTrace) async throws(Failure) -> Response {
        do throws(Failure) {
            _ = try await outcome(of: call, &trace)
        } catch {
            guard error.kind == .unauthorized else { throw error }
        }
        // Not next to a renewed one of the same request.
        trace.headers.removeAll { $0.0 == .setCookie }
        return Response(status: .noContent, headers: [.setCookie: ConsoleCookie.end(secure: isSecure)])
    }

    /// Who is calling. If the access token of a console session has expired, its refresh token gets the next pair.
    func caller(of call: Call, bearer: String?, tenantCode: String?, _ trace: inout RequestTrace) async throws(Failure) -> Caller {
        if let bearer, authenticator.isKey(bearer) { return try await program(with: bearer, call, &trace) }
        do throws(Failure) {
            return try await authenticator.authenticate(
                bearer: bearer,
                tenantCode: tenantCode,
                host: call.host,
                origin: call.info.origin
            )
        } catch {
            guard error.kind == .unauthorized, let cookie = call.cookie else { throw error }
            return try await renew(cookie, call, &trace)
        }
    }

    private func renew(_ cookie: ConsoleCookie, _ call: Call, _ trace: inout RequestTrace) async throws(Failure) -> Caller {
        let operation = try endpoint("/auth/refresh-token").operation
        try trace.note(await limiter.take(address: call.info.address, operation.limit))
        let stranger = try await authenticator.authenticate(bearer: nil, tenantCode: nil, host: call.host, origin: call.info.origin)
        do throws(Failure) {
            let source = InputSource(body: ["refreshToken": .string(cookie.refresh)])
            let renewed = try ConsoleCookie(Answer(await operation.perform(source, by: stranger), of: operation).json)
            trace.headers.append((.setCookie, renewed.header(secure: isSecure)))
            return try await authenticator.authenticate(
                bearer: renewed.access,
                tenantCode: nil,
                host: call.host,
                origin: call.info.origin
            )
        } catch {
            guard error.kind == .unauthorized || error.kind == .validation else { throw error }
            trace.headers.append((.setCookie, ConsoleCookie.end(secure: isSecure)))
            throw .unauthorized
        }
    }

    private func endpoint(_ path: String) throws(Failure) -> Endpoint {
        guard case .found(let endpoint, _) = routes.match("POST", Endpoint.prefix + path) else { throw .notFound }
        return endpoint
    }

    var isSecure: Bool { configuration.publicURL.hasPrefix("https:") }
}

extension Answer {
    fileprivate var json: JSON {
        get throws(Failure) {
            do { return try JSON(parsing: data) } catch { throw .internal(error) }
        }
    }
}
