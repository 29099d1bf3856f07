import Jobs
import Kernel
import Postgres

/// An application under lock with its job and scorecards: what changing it takes, and what its rules need.
struct Case: Sendable {
    let application: Application
    let job: Job
    let cards: [ApplicationFact.Card]
    let hasAcceptedOffer: Bool
    /// It is for a confidential job that the caller isn't to know of, other than as its candidate.
    let isHidden: Bool

    var fact: ApplicationFact { ApplicationFact(application, job: job, cards: cards) }

    /// What the member can't see, their own included, is not found; what they see but may not change in this company is forbidden.
    func check(_ member: Member, may permission: Permission) throws(Failure) {
        guard !isHidden, Reader(member.caller).map(application.isOpenToEmployer) ?? false else { throw .applicationNotFound }
        try member.require(permission, in: application.companyId)
    }
}

extension Applications {
    func openCase(
        _ id: Identifier<Application>,
        by member: Member,
        may permission: Permission,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Case {
        let subject = try await openCase(id, tx)
        try subject.check(member, may: permission)
        return subject
    }

    func openCase(_ id: Identifier<Application>, by candidate: CandidateUser, _ tx: TenantTransaction) async throws(Failure) -> Case {
        let subject = try await openCase(id, tx)
        guard subject.application.candidateId == candidate.user else { throw .applicationNotFound }
        return subject
    }

    func openCase(_ id: Identifier<Application>, _ tx: TenantTransaction) async throws(Failure) -> Case {
        guard let subject = try await openCases([id], tx)[id] else { throw .applicationNotFound }
        return subject
    }

    /// The existing ones among these applications, under lock, in as many statements as for one.
    func openCases(_ ids: [Identifier<Application>], _ tx: TenantTransaction) async throws(Failure) -> [Identifier<Application>: Case] {
        let applications = try await tx.query(ApplicationQueries.locked(ids, for: tx.caller)).decoded {
            (try Application(checking: $0), hasAcceptedOffer: try $0("has_accepted_offer") as Bool, isHidden: try $0("is_hidden") as Bool)
        }
        let jobs = try await jobs.jobs(Array(Set(applications.map(\.0.jobId))), in: tx)
        let cards: [(Identifier<Application>, ApplicationFact.Card)] = try await tx.query(
            InterviewQueries.cards(of: ids, tenant: tx.tenant)
        )
        .decoded { (try $0("application_id"), try ApplicationFact.Card($0)) }
        let ofApplication = Dictionary(grouping: cards, by: \.0).mapValues { $0.map(\.1) }
        return applications.reduce(into: [:]) { cases, found in
            let (application, hasAcceptedOffer, isHidden) = found
            guard let job = jobs[application.jobId] else { return }
            cases[application.id] = Case(
                application: application,
                job: job,
                cards: ofApplication[application.id] ?? [],
                hasAcceptedOffer: hasAcceptedOffer,
                isHidden: isHidden
            )
        }
    }

    func application(_ id: Identifier<Application>, in tx: TenantTransaction) async throws(Failure) -> Application {
        try await Self.application(id, in: tx)
    }

    static func application(_ id: Identifier<Application>, in tx: TenantTransaction) async throws(Failure) -> Application {
        guard let row = try await tx.first(ApplicationQueries.application(id, tenant: tx.tenant, locked: false)) else {
            throw .applicationNotFound
        }
        return try Application(checking: row)
    }

    /// For reading: the candidate's own applications, or those of the member's companies.
    func visible(_ id: Identifier<Application>, to user: Reader) async throws(Failure) -> Application {
        let rows = try await store.query(as: user, ApplicationQueries.visible(id, to: user))
        guard let row = rows.first else { throw .applicationNotFound }
        return try Application(checking: row)
    }
}
