import Foundation
import Jobs
import Kernel
import Postgres

struct UndoMove: Codable, Sendable {
    let id: Identifier<Application>
    let ifMatch: ExpectedVersion?
}

extension Applications {
    /// How long a move can be taken back.
    static let undoPeriod: TimeInterval = 3600

    /// Takes the last move back, also out of a final stage. What it ended or mailed stays as it is, and the history has both. The tenant's
    /// rules aren't asked: they let it into that stage before.
    func undoMove(_ input: UndoMove, by member: Member) async throws(Failure) -> Application {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .moveApplications, tx)
            try input.ifMatch?.check(subject.application.version)
            return try await undoMove(of: subject, tx)
        }
    }

    func undoMove(
        of subject: Case,
        madeIn group: Identifier<MoveGroup>? = nil,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Application {
        let application = subject.application
        let row = try await tx.first(ApplicationQueries.lastMove(application.id, tenant: tx.tenant))
        guard let last = try reading({ try row.map(LastMove.init) }), last.canBeUndone(from: application.status, at: tx.now),
            group == nil || last.group == group, let stage = try await jobs.pipeline(application.pipelineId, in: tx).stage(last.from)
        else { throw Failure.nothingToUndo }
        tx.queue(ApplicationQueries.move(application.id, to: stage, tx))
        try append(DecidedMove(subject: subject, stage: stage, reason: nil, comment: nil, undoes: last.id), tx)
        return try await self.application(application.id, in: tx)
    }
}

private struct LastMove {
    let id: Identifier<EventRecord>
    let from: String
    let group: Identifier<MoveGroup>?
    private let name: String
    private let to: String?
    private let occurredAt: Date
    private let isUndo: Bool

    init(_ row: Row) throws {
        id = try row("id")
        group = (try row("move_group") as String?).flatMap(Identifier.init)
        name = try row("name")
        from = try row("from_status")
        to = try row("to_status")
        occurredAt = try row("occurred_at")
        isUndo = try row("is_undo")
    }

    func canBeUndone(from status: String, at now: Date) -> Bool {
        name == ApplicationStatusChanged.name && !isUndo && to == status && now <= occurredAt + Applications.undoPeriod
    }
}
