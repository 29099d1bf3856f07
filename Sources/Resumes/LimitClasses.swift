package import Kernel

extension LimitClass {
    /// Generous enough that no candidate loses an application to a limiter.
    package static let applying = LimitClass("applying", Rate(600, per: .seconds(3600)), alsoAnonymous: true)

    /// Resumes, templates, analyses, job descriptions and the writing aid, by tier.
    package static let resumePlatform = LimitClass("resumePlatform") { caller in
        caller.roles.isDisjoint(with: [.tenantAdmin, .systemAdmin]) ? rates(of: caller.tier) : []
    }

    /// Candidates read their own as part of the resume platform, members as they work through applications.
    package static let resumeReading = LimitClass("resumeReading") { caller in
        if case .companies(let companies) = caller.reach, companies.isEmpty { return resumePlatform.rates(caller) }
        return general.rates(caller)
    }

    private static func rates(of tier: Tier) -> [Rate] {
        switch tier {
        case .free: [Rate(10, per: .seconds(60)), Rate(100, per: .seconds(86_400)), Rate(1000, per: .seconds(30 * 86_400))]
        case .premium: [Rate(60, per: .seconds(60)), Rate(1000, per: .seconds(86_400)), Rate(50_000, per: .seconds(30 * 86_400))]
        case .enterprise: []
        }
    }
}
