import Kernel
package import Redis

/// Counts requests against the plan: strangers by address, people by account, sign-ins by both.
package struct RequestLimiter: Sendable {
    private let limiter: RateLimiter
    private let plan: RateLimitPlan

    package init(_ limiter: RateLimiter, plan: RateLimitPlan = .standard) {
        self.limiter = limiter
        self.plan = plan
    }

    /// Before anything else is done for somebody without a token.
    func take(address: String, _ kind: LimitClass) async -> RateLimitDecision? {
        await take("{\(address)}:\(kind.rawValue)", plan.limits(anonymous: kind))
    }

    func take(_ caller: Caller, _ kind: LimitClass) async -> RateLimitDecision? {
        guard let user = caller.user else { return nil }
        return await take("{\(caller.tenant)}:\(user):\(kind.rawValue)", plan.limits(kind, for: caller))
    }

    /// One account tried from one address; a stranger elsewhere can't lock its owner out.
    func take(account: String, in caller: Caller) async -> RateLimitDecision? {
        let name = account.lowercased()
        return await take("{\(caller.tenant)}:\(caller.origin.address):account:\(name)", plan.signInByAccount)
    }

    private func take(_ key: String, _ limits: [RateLimit]) async -> RateLimitDecision? {
        limits.isEmpty ? nil : await limiter.take(key: key, limits: limits)
    }
}

extension Failure {
    static func tooMany(_ decision: RateLimitDecision) -> Failure {
        let seconds = max(1, (decision.retryAfter ?? .seconds(1)).wholeSeconds)
        return Failure(
            .rateLimited,
            "Too many requests. Try again in \(seconds) seconds.",
            details: [
                "retryAfter": .integer(seconds), "limit": .integer(decision.limit),
                "resetAfter": .integer(decision.resetAfter.wholeSeconds),
            ]
        )
    }
}

extension Duration {
    /// Rounded up.
    var wholeSeconds: Int { Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0) }
}
