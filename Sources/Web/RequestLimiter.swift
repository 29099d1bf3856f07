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
        await take(plan.limits(anonymous: kind), "{\(address)}:\(kind.rawValue)")
    }

    func take(_ caller: Caller, _ kind: LimitClass) async -> RateLimitDecision? {
        guard let user = caller.user else { return nil }
        return await take(plan.limits(kind, for: caller), "{\(caller.tenant)}:\(user):\(kind.rawValue)")
    }

    /// One account tried from one address; a stranger elsewhere can't lock its owner out.
    func take(account: String, in caller: Caller) async -> RateLimitDecision? {
        let name = account.lowercased()
        return await take(plan.signInByAccount, "{\(caller.tenant)}:\(caller.origin.address):account:\(name)")
    }

    /// Without a cost it only looks.
    func take(wrongKeyFrom address: String, cost: Int = 1) async -> RateLimitDecision? {
        await take(plan.signInByAddress, "{\(address)}:wrongKey", cost: cost)
    }

    /// The key is not even put together where nothing is limited.
    private func take(_ limits: [RateLimit], _ key: @autoclosure () -> String, cost: Int = 1) async -> RateLimitDecision? {
        limits.isEmpty ? nil : await limiter.take(key: key(), limits: limits, cost: cost)
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
