import Identity
import Kernel

/// A member's new role, or their leaving. Coming back takes a new invitation, which they accept like the first.
struct ChangeMember: Codable, Sendable {
    enum Status: String, Codable, CaseIterable, Sendable {
        case active, deactivated
    }

    let id: Identifier<Company>
    let userId: Identifier<User>
    let role: CompanyRole?
    let status: Status?
}

extension Companies {
    func changeMember(_ input: ChangeMember, by member: Member) async throws(Failure) -> MemberView {
        if input.status == .active { try await requireMailOfReturn(input, by: member) }
        return try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            let current = try await self.member(input.userId, of: input.id, tx)
            let role = input.role ?? current.role
            let status = try statusAfter(input.status, current)
            let resigns = current.role == .companyAdmin && current.status == .active && (role != .companyAdmin || status != .active)
            if resigns { try await requireAnotherAdmin(of: input.id, beside: input.userId, tx) }
            if status == .deactivated, current.status == .invited { identity.withdrawInvitation(to: input.id, of: input.userId, in: tx) }
            if status == .invited, current.status == .deactivated { try await inviteAgain(current, to: company, tx) }
            tx.queue(MemberQueries.update(input.userId, of: input.id, role, status, tx))
            identity.standingChanged(input.userId, in: tx)
            let changed = try await self.member(input.userId, of: input.id, tx)
            try tx.append(MemberChanged(company: CompanyFact(company), member: MemberFact(changed)))
            return try await tx.answering(changed)
        }
    }

    private func statusAfter(_ wanted: ChangeMember.Status?, _ current: MemberView) throws(Failure) -> MemberStatus {
        switch wanted {
        case nil: return current.status
        case .deactivated: return .deactivated
        case .active:
            guard current.status != .invited else { throw .invitationPending }
            return current.status == .active ? .active : .invited
        }
    }

    /// Counts the mail against its limits before the change begins: a transaction waits for nothing but PostgreSQL.
    private func requireMailOfReturn(_ input: ChangeMember, by member: Member) async throws(Failure) {
        let email: EmailAddress? = try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            guard company.approval == .approved else { return nil }
            let current = try await self.member(input.userId, of: input.id, tx)
            return current.status == .deactivated ? try? EmailAddress(current.email) : nil
        }
        if let email { try await identity.requireMail(invitationTo: email, by: member) }
    }

    private func inviteAgain(_ former: MemberView, to company: CompanyView, _ tx: TenantTransaction) async throws(Failure) {
        guard company.approval == .approved else { throw .companyNotApproved }
        guard let email = try? EmailAddress(former.email) else { throw .memberNotFound }
        let invited = try await identity.invite(email, as: .employer, to: company.name, company: company.id, in: tx)
        // A deleted account's address may belong to another by now.
        guard invited.user.id == former.userId else { throw .memberNotFound }
        guard invited.status != .deactivated else { throw .memberDeactivated }
    }

    private func requireAnotherAdmin(
        of company: Identifier<Company>,
        beside user: Identifier<User>,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        try await identity.lockAdministrators(beside: user, tx)
        guard try await !tx.query(MemberQueries.otherAdmins(of: company, beside: user, tx)).isEmpty else { throw .lastCompanyAdmin }
    }
}
