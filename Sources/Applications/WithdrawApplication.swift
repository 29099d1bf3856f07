import Jobs
import Kernel

struct WithdrawApplication: Codable, Sendable {
    let id: Identifier<Application>
    let ifMatch: ExpectedVersion?
    let reason: Text<500>?
}

extension Applications {
    func withdraw(_ input: WithdrawApplication, by candidate: CandidateUser) async throws(Failure) -> Application {
        try await store.transaction(as: candidate) { tx in
            let subject = try await openCase(input.id, by: candidate, tx)
            try input.ifMatch?.check(subject.application.asSeenByCandidate.version)
            let pipeline = try await jobs.pipeline(subject.application.pipelineId, in: tx)
            guard !subject.application.category.isFinal, let stage = pipeline.first(.withdrawn) else {
                throw Failure.illegalMove(from: subject.application.status, to: StageCategory.withdrawn.rawValue, allowed: [])
            }
            try withdraw(subject, to: stage, reason: input.reason?.value, tx)
            try await callOff([input.id], tx)
            return try await application(input.id, in: tx).asSeenByCandidate
        }
    }

    func withdraw(_ subject: Case, to stage: Stage, reason: String?, _ tx: TenantTransaction) throws(Failure) {
        tx.queue(ApplicationQueries.move(subject.application.id, to: stage, tx))
        try tx.append(
            ApplicationWithdrawn(
                application: ApplicationFact(subject.application, job: subject.job, cards: subject.cards, status: stage),
                from: subject.application.status,
                fromCategory: subject.application.category,
                reason: reason
            )
        )
    }
}
