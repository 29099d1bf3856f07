import HTTPTypes
import Hummingbird

/// The headers that every response carries, and the rules for pages of other origins (CORS).
struct FixedHeaders: Sendable {
    private let security: HTTPFields
    private let origins: Set<String>

    init(_ configuration: WebConfiguration) {
        origins = Set(configuration.corsOrigins)
        var fields = HTTPFields()
        fields[.xContentTypeOptions] = "nosniff"
        fields[.xFrameOptions] = "DENY"
        fields[.referrerPolicy] = "no-referrer"
        fields[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        fields[.cacheControl] = "no-store"
        if configuration.publicURL.hasPrefix("https:") { fields[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        security = fields
    }

    func add(to response: inout Response, for request: Request, _ info: RequestInfo) {
        for field in security where response.headers[field.name] == nil { response.headers.append(field) }
        response.headers[.xRequestID] = info.requestID
        guard !origins.isEmpty else { return }
        response.headers[.vary] = "Origin"
        guard let origin = allowed(request) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = Self.exposed
    }

    /// The answer to a preflight request, or nil if it isn't one.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil, allowed(request) != nil else { return nil }
        var fields = HTTPFields()
        fields[.accessControlAllowMethods] = "GET, HEAD, POST, PUT, PATCH, DELETE"
        fields[.accessControlAllowHeaders] = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match"
        fields[.accessControlMaxAge] = "600"
        return Response(status: .noContent, headers: fields)
    }

    /// Tokens travel in a header that only a page's own script can set, never in a cookie; so no credentials are allowed here.
    private func allowed(_ request: Request) -> String? {
        guard let origin = request.headers[.origin] else { return nil }
        if origins.contains("*") { return "*" }
        return origins.contains(origin) ? origin : nil
    }

    private static let exposed = """
        ETag, Retry-After, Content-Disposition, Idempotent-Replayed, X-Request-Id, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset
        """
}
