import Jobs
import Kernel

/// An application under lock with its job and scorecards: what a change of it and its rules need.
struct Case: Sendable {
    let application: Application
    let job: Job
    let cards: [ApplicationFact.Card]

    var fact: ApplicationFact { ApplicationFact(application, job: job, cards: cards) }
}

extension Applications {
    func openCase(
        _ id: Identifier<Application>,
        by member: Member,
        may permission: Permission,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Case {
        let subject = try await openCase(id, tx)
        // Unseen is not found, one's own included; seen but not permitted in this company is forbidden.
        guard Reader(member.caller).map(subject.application.isOpenToEmployer) ?? false else { throw .applicationNotFound }
        try member.require(permission, in: subject.application.companyId)
        return subject
    }

    func openCase(_ id: Identifier<Application>, by candidate: CandidateUser, _ tx: TenantTransaction) async throws(Failure) -> Case {
        let subject = try await openCase(id, tx)
        guard subject.application.candidateId == candidate.user else { throw .applicationNotFound }
        return subject
    }

    private func openCase(_ id: Identifier<Application>, _ tx: TenantTransaction) async throws(Failure) -> Case {
        guard let row = try await tx.first(ApplicationQueries.application(id, tenant: tx.tenant, locked: true)) else {
            throw .applicationNotFound
        }
        let application = try Application(checking: row)
        let cards = try await tx.query(InterviewQueries.cards(of: id, tenant: tx.tenant))
        do {
            return Case(
                application: application,
                job: try await jobs.job(application.jobId, in: tx),
                cards: try cards.map(ApplicationFact.Card.init)
            )
        } catch {
            throw Failure(error)
        }
    }

    func application(_ id: Identifier<Application>, in tx: TenantTransaction) async throws(Failure) -> Application {
        guard let row = try await tx.first(ApplicationQueries.application(id, tenant: tx.tenant, locked: false)) else {
            throw .applicationNotFound
        }
        return try Application(checking: row)
    }

    /// For reading: the candidate's own, or one of the member's companies.
    func visible(_ id: Identifier<Application>, to user: Reader) async throws(Failure) -> Application {
        let rows = try await store.query(as: user, ApplicationQueries.visible(id, to: user))
        guard let row = rows.first else { throw .applicationNotFound }
        return try Application(checking: row)
    }
}
