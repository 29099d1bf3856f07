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

/// A move that everything allows.
struct DecidedMove: Sendable {
    let subject: Case
    let stage: Stage
    let reason: String?
    let comment: String?
    /// The move that this one takes back.
    var undoes: Identifier<EventRecord>?
    var group: Identifier<MoveGroup>?
}

extension Applications {
    func move(_ input: MoveApplication, by member: Member) async throws(Failure) -> Application {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .moveApplications, tx)
            try input.ifMatch?.check(subject.application.version)
            return try await move(subject, to: input.status.value, reason: input.reason?.value, comment: input.comment?.value, tx)
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
        let move = try await decide(subject, to: status, reason: reason, comment: comment, in: pipeline, tx)
        tx.queue(ApplicationQueries.move(subject.application.id, to: move.stage, tx))
        try append(move, tx)
        if move.stage.category.isFinal { try await callOff([subject.application.id], tx) }
        return try await application(subject.application.id, in: tx)
    }

    /// The stage that the pipeline and the tenant's rules let it move to; nothing is written yet.
    func decide(
        _ subject: Case,
        to status: String,
        reason: String?,
        comment: String?,
        in pipeline: Pipeline,
        _ tx: TenantTransaction
    ) async throws(Failure) -> DecidedMove {
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
        guard stage.category != .hired || subject.hasAcceptedOffer || decided.reason != nil else { throw .hireUnexplained }
        return DecidedMove(subject: subject, stage: stage, reason: decided.reason, comment: comment)
    }

    func append(_ move: DecidedMove, _ tx: TenantTransaction) throws(Failure) {
        let subject = move.subject
        try tx.append(
            ApplicationStatusChanged(
                application: ApplicationFact(subject.application, job: subject.job, cards: subject.cards, status: move.stage),
                from: subject.application.status,
                fromCategory: subject.application.category,
                to: move.stage.key,
                category: move.stage.category,
                reason: move.reason,
                comment: move.comment,
                undoes: move.undoes,
                group: move.group
            )
        )
    }

    private func legalStage(_ status: String, in pipeline: Pipeline, for application: Application) throws(Failure) -> Stage {
        guard let stage = pipeline.stage(status) else {
            let keys = pipeline.stages.filter { $0.retiredAt == nil }.map(\.key)
            throw .validation("status", "Must be one of \(keys.joined(separator: ", ")).")
        }
        guard Application.can(application.category, at: application.status, moveTo: stage) else {
            throw .illegalMove(from: application.status, to: status, allowed: application.moves(in: pipeline))
        }
        return stage
    }
}
