package import Foundation
package import Kernel
import Postgres

// For those who are about to do what may need approval. What it is about is under their lock.
extension Approvals {
    /// Throws unless these very terms need no approval or have it. What waits only for people who have left by now goes on here.
    package func require(_ matter: ApprovalMatter, in tx: TenantTransaction) async throws(Failure) {
        guard try await steps(for: matter, tx) != nil else { return }
        if let approval = try await current(matter, tx) {
            guard try await advance(approval, tx).state != .approved else { return }
            throw .approvalPending
        }
        throw .approvalRequired
    }

    /// Asks for it; asked again with the same terms, the answer is the same request. With other terms the one before is over.
    package func ask(_ matter: ApprovalMatter, in tx: TenantTransaction) async throws(Failure) -> ApprovalView {
        guard let (chain, steps) = try await steps(for: matter, tx) else { throw .approvalNotNeeded }
        if let approval = try await current(matter, tx) { return try await view(try await advance(approval, tx), tx) }
        try await cancel(matter.kind, of: matter.subject, in: tx)
        let approval = Approval(
            id: Identifier(),
            kind: matter.kind,
            jobId: Identifier(matter.job),
            applicationId: matter.kind == .offer ? Identifier(matter.subject) : nil,
            companyId: matter.company,
            title: matter.title,
            amount: matter.amount,
            terms: matter.terms,
            state: .pending,
            steps: steps,
            step: 0,
            allowsOwn: chain.allowsOwn,
            askedBy: tx.caller.user,
            askedAt: tx.now,
            decidedAt: nil,
            version: 1
        )
        _ = try await tx.propose(ApprovalRequesting(approval: ApprovalFact(approval)))
        tx.queue(try ApprovalQueries.insert(approval, of: matter, tx))
        try tx.append(ApprovalRequested(approval: ApprovalFact(approval)))
        return try await view(approval, tx)
    }

    /// Ends what still waits: the terms have changed, or what it was about has ended.
    package func cancel(_ kind: ApprovalKind, of subject: UUID, in tx: TenantTransaction) async throws(Failure) {
        for approval in try await tx.query(ApprovalQueries.cancel(kind, of: subject, tx)).decoded(Approval.init) {
            try tx.append(ApprovalCanceled(approval: ApprovalFact(approval)))
        }
    }

    private func steps(
        for matter: ApprovalMatter,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (ApprovalChain, [ApprovalStep])? {
        let row = try await tx.first(ChainQueries.chain(for: matter, tenant: tx.tenant))
        guard let chain = try reading({ try row.map(ApprovalChain.init) }) else { return nil }
        let steps = chain.steps.filter { $0.applies(to: matter) }
        return steps.isEmpty ? nil : (chain, steps)
    }

    private func current(_ matter: ApprovalMatter, _ tx: TenantTransaction) async throws(Failure) -> Approval? {
        let row = try await tx.first(try ApprovalQueries.current(matter, tenant: tx.tenant))
        return try reading { try row.map(Approval.init) }
    }
}

extension Approvals {
    /// Goes on to the next step as often as the answers allow. Only people who work here now are waited for; where nobody is left to ask, it
    /// is the tenant's administrators.
    func advance(_ approval: Approval, _ tx: TenantTransaction) async throws(Failure) -> Approval {
        var approval = approval
        let answers = try await tx.query(ApprovalQueries.answers(to: approval.id, tenant: tx.tenant)).decoded(GivenApproval.init)
        let (wasState, before) = (approval.state, approval.step)
        while approval.state == .pending {
            let approved = Set(answers.filter { $0.step == approval.step && $0.answer == .approve }.map(\.userId))
            let asked = try await approvers(of: approval, tx)
            let isDone =
                approval.steps[approval.step].needs == .all ? !asked.isEmpty && approved.isSuperset(of: asked) : !approved.isEmpty
            guard isDone else { break }
            approval.step += 1
            if approval.step == approval.steps.count {
                approval.step -= 1
                approval.state = .approved
                approval.decidedAt = tx.now
            }
        }
        return approval.state == wasState && approval.step == before ? approval : try await write(approval, tx)
    }

    func write(_ approval: Approval, _ tx: TenantTransaction) async throws(Failure) -> Approval {
        var written = approval
        written.version += 1
        tx.queue(ApprovalQueries.update(written, tx))
        if written.state == .pending {
            try tx.append(ApprovalRequested(approval: ApprovalFact(written)))
        } else {
            try tx.append(ApprovalDecided(approval: ApprovalFact(written)))
        }
        return written
    }

    func approvers(of approval: Approval, _ tx: TenantTransaction) async throws(Failure) -> [Identifier<User>] {
        guard approval.state == .pending else { return [] }
        let named = try await people(
            ApproverQueries.approvers(approval.steps[approval.step], of: approval, tenant: tx.tenant),
            approval,
            tx
        )
        if !named.isEmpty { return named }
        return try await people(ApproverQueries.administrators(tenant: tx.tenant), approval, tx)
    }

    private func people(_ statement: SQL, _ approval: Approval, _ tx: TenantTransaction) async throws(Failure) -> [Identifier<User>] {
        let found: [Identifier<User>] = try await tx.query(statement).decoded { try $0("id") }
        return found.filter { approval.allowsOwn || $0 != approval.askedBy }
    }

    func view(_ approval: Approval, _ tx: TenantTransaction) async throws(Failure) -> ApprovalView {
        ApprovalView(
            approval: approval,
            answers: try await tx.query(ApprovalQueries.answers(to: approval.id, tenant: tx.tenant)).decoded(GivenApproval.init),
            awaits: try await approvers(of: approval, tx)
        )
    }
}
