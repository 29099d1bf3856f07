import Kernel
package import Redis

/// How much of what: the numbers behind each limit class. An empty list means no limit.
package struct RateLimitPlan: Sendable {
    package var anonymous = [RateLimit(100, per: .seconds(3600))]
    package var signedIn = [RateLimit(1000, per: .seconds(3600))]
    package var employers = [RateLimit(10_000, per: .seconds(3600))]
    package var resumesFree = [
        RateLimit(10, per: .seconds(60)), RateLimit(100, per: .seconds(86_400)), RateLimit(1000, per: .seconds(30 * 86_400)),
    ]
    package var resumesPremium = [
        RateLimit(60, per: .seconds(60)), RateLimit(1000, per: .seconds(86_400)), RateLimit(50_000, per: .seconds(30 * 86_400)),
    ]
    package var signInByAccount = [RateLimit(10, per: .seconds(900))]
    /// What was right gives its unit back, so an office of hundreds behind one address signs in at nine o'clock: this many at the same moment,
    /// and so many slips among them.
    package var signInByAddress = [RateLimit(300, per: .seconds(900))]
    /// What somebody who is signed in tries of passwords and mailed codes.
    package var signInByUser = [RateLimit(30, per: .seconds(900))]
    /// Sessions of a whole office, and nobody guesses 256 bits at this pace.
    package var renewals = [RateLimit(2000, per: .seconds(900))]
    package var signUp = [RateLimit(100, per: .seconds(900))]
    /// Mails to one recipient in one tenant, whoever asks for them.
    package var resetMails = [RateLimit(3, per: .seconds(3600))]
    package var confirmationMails = [RateLimit(3, per: .seconds(3600))]
    package var invitationMails = [RateLimit(5, per: .seconds(86_400))]
    /// Mails that one person has sent to others.
    package var invitationsByInviter = [RateLimit(100, per: .seconds(3600))]
    /// Generous enough that no candidate loses an application to a limiter.
    package var applying = [RateLimit(600, per: .seconds(3600))]
    /// A heartbeat every few seconds from several devices.
    package var presence = [RateLimit(7200, per: .seconds(3600))]

    package init() {}

    package static let standard = RateLimitPlan()

    /// No limits at all, for benchmarks and tests of other things.
    package static let unlimited = {
        var plan = RateLimitPlan()
        plan.anonymous = []
        plan.signedIn = []
        plan.employers = []
        plan.resumesFree = []
        plan.resumesPremium = []
        plan.signInByAccount = []
        plan.signInByAddress = []
        plan.signInByUser = []
        plan.renewals = []
        plan.signUp = []
        plan.resetMails = []
        plan.confirmationMails = []
        plan.invitationMails = []
        plan.invitationsByInviter = []
        plan.applying = []
        plan.presence = []
        return plan
    }()

    func limits(_ kind: LimitClass, for caller: Caller) -> [RateLimit] {
        switch kind {
        case .unlimited: []
        case .signIn: signInByUser
        case .renewal: renewals
        case .signUp: signUp
        case .applying: applying
        case .presence: presence
        case .resumePlatform: resumes(caller)
        case .general: general(caller)
        }
    }

    func limits(anonymous kind: LimitClass) -> [RateLimit] {
        switch kind {
        case .unlimited: []
        case .signIn: signInByAddress
        case .renewal: renewals
        case .signUp: signUp
        case .applying: applying
        case .presence, .resumePlatform, .general: anonymous
        }
    }

    private func general(_ caller: Caller) -> [RateLimit] {
        switch caller.reach {
        case .wholeTenant: employers
        case .companies(let companies): companies.isEmpty ? signedIn : employers
        }
    }

    private func resumes(_ caller: Caller) -> [RateLimit] {
        if !caller.roles.isDisjoint(with: [.tenantAdmin, .systemAdmin]) { return [] }
        return switch caller.tier {
        case .free: resumesFree
        case .premium: resumesPremium
        case .enterprise: []
        }
    }
}
