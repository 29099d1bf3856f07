import Jobs
import Kernel

struct WithdrawApplication: Codable, Sendable {
    let id: Identifier<Application>
    let reason: Text<500>?
}

extension Applications {
    func withdraw(_ input: WithdrawApplication, by candidate: CandidateUser) async throws(Failure) -> Application {
        try await store.transaction(as: candidate) { tx in
            let subject = try await openCase(input.id, by: candidate, tx)
            guard !subject.application.category.isFinal else { throw Failure.illegalMove }
            let pipeline = try await jobs.pipeline(subject.application.pipelineId, in: tx)
            guard let stage = pipeline.first(.withdrawn) else { throw Failure.illegalMove }
            tx.queue(ApplicationQueries.move(input.id, to: stage, tx))
            let withdrawn = try await application(input.id, in: tx)
            try tx.append(
                ApplicationWithdrawn(
                    application: ApplicationFact(withdrawn, job: subject.job, cards: subject.cards),
                    from: subject.application.status,
                    fromCategory: subject.application.category,
                    reason: input.reason?.value
                )
            )
            return withdrawn.asSeenByCandidate
        }
    }
}
