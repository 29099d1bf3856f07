import HTTPTypes

extension HTTPField.Name {
    static let xRequestID = known("X-Request-Id")
    static let xForwardedFor = known("X-Forwarded-For")
    static let xRateLimitLimit = known("X-RateLimit-Limit")
    static let xRateLimitRemaining = known("X-RateLimit-Remaining")
    static let xRateLimitReset = known("X-RateLimit-Reset")
    static let xFrameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let idempotencyKey = known("Idempotency-Key")
    static let tenureTenant = known("X-Tenure-Tenant")
    static let idempotentReplayed = known("Idempotent-Replayed")

    private static func known(_ name: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name(name.description) else { preconditionFailure("\(name) is not a header name.") }
        return name
    }
}
