import Kernel
package import Redis

/// Which limits apply: whether the limit classes' own numbers count, and the numbers that don't belong to one class. An empty list means no
/// limit.
package struct RateLimitPlan: Sendable {
    package var limitsClasses = true
    package var anonymous = [RateLimit(100, per: .seconds(3600))]
    package var signInByAccount = [RateLimit(10, per: .seconds(900))]
    /// A successful sign-in doesn't count, so an office of hundreds behind one address can sign in at nine o'clock. This bounds how many try at the
    /// same moment, and how many fail.
    package var signInByAddress = [RateLimit(300, per: .seconds(900))]
    /// How many passwords and mailed codes somebody who is signed in may try.
    package var signInByUser = [RateLimit(30, per: .seconds(900))]
    /// Mails to one recipient in one tenant, whoever asks for them.
    package var resetMails = [RateLimit(3, per: .seconds(3600))]
    package var confirmationMails = [RateLimit(3, per: .seconds(3600))]
    /// How often one person may ask for another address.
    package var addressChanges = [RateLimit(5, per: .seconds(3600))]
    package var invitationMails = [RateLimit(5, per: .seconds(86_400))]
    /// Mails that one person has sent to others.
    package var invitationsByInviter = [RateLimit(100, per: .seconds(3600))]

    package init() {}

    package static let standard = RateLimitPlan()

    /// No limits at all, for benchmarks and tests of other things.
    package static let unlimited = {
        var plan = RateLimitPlan()
        plan.limitsClasses = false
        plan.anonymous = []
        plan.signInByAccount = []
        plan.signInByAddress = []
        plan.signInByUser = []
        plan.resetMails = []
        plan.confirmationMails = []
        plan.addressChanges = []
        plan.invitationMails = []
        plan.invitationsByInviter = []
        return plan
    }()

    func limits(_ kind: LimitClass, for caller: Caller) -> [RateLimit] {
        if kind.countsGuesses { return signInByUser }
        return limitsClasses ? kind.rates(caller).map(RateLimit.init) : []
    }

    func limits(anonymous kind: LimitClass) -> [RateLimit] {
        if kind.countsGuesses { return signInByAddress }
        guard let own = kind.anonymous else { return anonymous }
        return limitsClasses ? own.map(RateLimit.init) : []
    }
}

extension RateLimit {
    fileprivate init(_ rate: LimitClass.Rate) {
        self.init(rate.count, per: rate.period)
    }
}
