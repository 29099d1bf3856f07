import Foundation
import Jobs
import Kernel

struct MoveApplication: Codable, Sendable {
    let id: Identifier<Application>
    let ifMatch: ExpectedVersion?
    /// The key of the stage to move to.
    let status: Text<60>
    let reason: Text<500>?
    let comment: Text<2000>?
}

extension Applications {
    func move(_ input: MoveApplication, by member: Member) async throws(Failure) -> Application {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .moveApplications, tx)
            try input.ifMatch?.check(subject.application.version)
            return try await move(subject, to: input.status.value, reason: input.reason?.value, comment: input.comment?.value, tx)
                .asSeenByEmployer
        }
    }

    private func move(
        _ subject: Case,
        to status: String,
        reason: String?,
        comment: String?,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Application {
        let pipeline = try await jobs.pipeline(subject.application.pipelineId, in: tx)
        let wanted = try legalStage(status, in: pipeline, for: subject.application)
        let decided = try await tx.propose(
            ApplicationStatusChanging(
                application: subject.fact,
                from: subject.application.status,
                to: status,
                category: wanted.category,
                reason: reason,
                comment: comment
            )
        )
        let stage = try legalStage(decided.to, in: pipeline, for: subject.application)
        tx.queue(ApplicationQueries.move(subject.application.id, to: stage, tx))
        let moved = try await application(subject.application.id, in: tx)
        try tx.append(
            ApplicationStatusChanged(
                application: ApplicationFact(moved, job: subject.job, cards: subject.cards),
                from: subject.application.status,
                fromCategory: subject.application.category,
                to: stage.key,
                category: stage.category,
                reason: decided.reason,
                comment: comment
            )
        )
        return moved
    }

    private func legalStage(_ status: String, in pipeline: Pipeline, for application: Application) throws(Failure) -> Stage {
        guard let stage = pipeline.stage(status) else {
            let keys = pipeline.stages.filter { $0.retiredAt == nil }.map(\.key)
            throw .validation("status", "Must be one of \(keys.joined(separator: ", ")).")
        }
        guard Application.can(application.category, at: application.status, moveTo: stage) else { throw .illegalMove }
        return stage
    }
}
