import Foundation
import Kernel
import Postgres

struct AnswerToApproval: Codable, Sendable {
    let id: Identifier<Approval>
    let ifMatch: ExpectedVersion?
    let answer: ApprovalAnswer
    /// Is required to decline.
    let reason: Text<1000>?
}

struct ShowApproval: Codable, Sendable {
    let id: Identifier<Approval>
}

struct ListApprovals: Codable, Sendable {
    let state: ApprovalState?
    let jobId: Identifier<EventSubject>?
    /// Only what waits for my answer.
    let waiting: Bool?
}

extension Approvals {
    func show(_ input: ShowApproval, by member: Member) async throws(Failure) -> ApprovalView {
        try await store.transaction(as: member) { tx in try await view(try await visible(input.id, to: member, tx), tx) }
    }

    /// The latest hundred.
    func list(_ input: ListApprovals, by member: Member) async throws(Failure) -> Items<ApprovalView> {
        try await store.transaction(as: member) { tx in
            var views: [ApprovalView] = []
            for approval in try await tx.query(ApprovalQueries.list(input, visibleTo: member)).decoded(Approval.init) {
                let view = try await view(approval, tx)
                if input.waiting == true, !view.awaitsAnswer(of: member.user) { continue }
                views.append(view)
            }
            return Items(views)
        }
    }

    func answer(_ input: AnswerToApproval, by member: Member) async throws(Failure) -> ApprovalView {
        try await store.transaction(as: member) { tx in
            var approval = try await visible(input.id, to: member, locked: true, tx)
            try input.ifMatch?.check(approval.version)
            guard approval.state == .pending else { throw Failure.approvalOver }
            guard let user = member.user, try await approvers(of: approval, tx).contains(user) else { throw Failure.notApprover }
            let given = try await tx.query(ApprovalQueries.answers(to: approval.id, tenant: tx.tenant)).decoded(GivenApproval.init)
            guard !given.contains(where: { $0.step == approval.step && $0.userId == user }) else { throw Failure.approvalAnswered }
            if input.answer == .decline, input.reason == nil { throw Failure.validation("reason", "Say why.") }
            let fact = ApprovalFact(approval)
            let answering = ApprovalAnswering(approval: fact, answer: input.answer, reason: input.reason?.value)
            _ = try await tx.propose(answering)
            tx.queue(ApprovalQueries.answer(approval, input.answer, input.reason?.value, by: user, tx))
            try tx.append(ApprovalAnswered(approval: fact, answer: input.answer, reason: input.reason?.value))
            if input.answer == .decline {
                approval.state = .declined
                approval.decidedAt = tx.now
                approval = try await write(approval, tx)
            } else {
                approval = try await advance(approval, tx)
            }
            return try await view(approval, tx)
        }
    }

    private func visible(
        _ id: Identifier<Approval>,
        to member: Member,
        locked: Bool = false,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Approval {
        guard let row = try await tx.first(ApprovalQueries.visible(id, to: member, locked: locked)) else { throw .approvalNotFound }
        return try reading { try Approval(row) }
    }
}

extension ApprovalView {
    fileprivate func awaitsAnswer(of user: Identifier<User>?) -> Bool {
        guard let user else { return false }
        return awaits.contains(user) && !answers.contains { $0.step == approval.step && $0.userId == user }
    }
}
