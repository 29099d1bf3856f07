package import Kernel
package import Redis

/// Counts requests against the plan: anonymous ones by address, people by account, sign-ins by both.
package struct RequestLimiter: Sendable {
    private let limiter: RateLimiter
    private let plan: RateLimitPlan

    package init(_ limiter: RateLimiter, plan: RateLimitPlan = .standard) {
        self.limiter = limiter
        self.plan = plan
    }

    /// Until the task is canceled: gives back what the limiter took ahead and doesn't use.
    package func run() async { await limiter.run() }

    /// Called before anything else is done for a caller without a token, or for a guess.
    func take(address: String, _ kind: LimitClass, cost: Int = 1) async -> RateLimitDecision? {
        await take(plan.limits(anonymous: kind), "{\(AddressRange.network(of: address))}:\(kind.name)", cost: cost)
    }

    /// A right password isn't a guess: its unit is given back.
    func giveBack(toAddress address: String, _ kind: LimitClass) async {
        _ = await take(address: address, kind, cost: -1)
    }

    func take(_ caller: Caller, _ kind: LimitClass) async -> RateLimitDecision? {
        guard let user = caller.user else { return nil }
        return await take(plan.limits(kind, for: caller), "{\(caller.tenant)}:\(user):\(kind.name)")
    }

    /// Counts tries of one address from one network, whichever tenant they name; a stranger elsewhere can't lock its owner out.
    func take(account: EmailAddress, by caller: Caller) async -> RateLimitDecision? {
        let network = AddressRange.network(of: caller.origin.address)
        return await take(plan.signInByAccount, "{\(network)}:account:\(account.value)")
    }

    /// The failure if a mail is refused; it counts for who asks for it and for its recipient.
    package func refusal(of mail: MailRequest) async -> Failure? {
        let recipient = "{\(mail.tenant)}:mail:\(mail.recipient.mailbox)"
        let decisions: [RateLimitDecision?]
        switch mail.purpose {
        case .reset: decisions = [await take(plan.resetMails, "\(recipient):reset")]
        case .confirmation: decisions = [await take(plan.confirmationMails, "\(recipient):confirmation")]
        case .addressChange(let user):
            let asked = await take(plan.addressChanges, "{\(mail.tenant)}:\(user):addressChange")
            let received = asked?.allowed == false ? nil : await take(plan.confirmationMails, "\(recipient):confirmation")
            decisions = [asked, received]
        case .invitation(let inviter):
            let asked = await take(plan.invitationsByInviter, "{\(mail.tenant)}:inviter:\(inviter?.description ?? "tenant")")
            // A refused inviter takes nothing from a recipient.
            let received = asked?.allowed == false ? nil : await take(plan.invitationMails, "\(recipient):invitation")
            decisions = [asked, received]
        }
        return decisions.compactMap(\.self).first { !$0.allowed }.map(Failure.tooMany)
    }

    /// With a cost of 0 it only checks.
    func take(wrongKeyFrom address: String, cost: Int = 1) async -> RateLimitDecision? {
        await take(plan.signInByAddress, "{\(AddressRange.network(of: address))}:wrongKey", cost: cost)
    }

    /// The key isn't even built if nothing is limited.
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
