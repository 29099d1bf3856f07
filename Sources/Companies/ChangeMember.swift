import Identity
import Kernel

/// A member's new role, or their leaving. Coming back takes a new invitation, which they accept like the first.
struct ChangeMember: Codable, Sendable {
    enum Status: String, Codable, CaseIterable, Sendable {
        case active, deactivated
    }

    let id: Identifier<Company>
    let userId: Identifier<User>
    let ifMatch: ExpectedVersion?
    let role: CompanyRole?
    /// `deactivated` lets a member go, or withdraws the invitation of somebody who has not accepted; `active` invites them back.
    let status: Status?
}

/// Whose invitation to send again, or to withdraw.
struct MemberInvitation: Codable, Sendable {
    let id: Identifier<Company>
    let userId: Identifier<User>
}

extension Companies {
    func changeMember(_ input: ChangeMember, by member: Member) async throws(Failure) -> MemberView {
        if input.status == .active { try await requireMail(toFormer: input.userId, of: input.id, by: member) }
        return try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            let current = try await self.member(input.userId, of: input.id, tx, locked: true)
            try input.ifMatch?.check(current.version)
            let role = input.role ?? current.role
            let status = try input.status(after: current.status)
            guard role != current.role || status != current.status else { return try await tx.answering(current) }
            let resigns = current.role == .companyAdmin && current.status == .active && (role != .companyAdmin || status != .active)
            if resigns { try await requireAnotherAdmin(of: input.id, beside: input.userId, tx) }
            return try await tx.answering(try await write(role, status, over: current, of: company, tx))
        }
    }

    /// Mails a fresh link to somebody who has not accepted, or to a former member; the one before it ends.
    func inviteAgain(_ input: MemberInvitation, by member: Member) async throws(Failure) -> MemberView {
        try await requireMail(toFormer: input.userId, of: input.id, by: member)
        return try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            let current = try await self.member(input.userId, of: input.id, tx, locked: true)
            guard current.status.canBecome(.invited) else { throw Failure.memberExists }
            return try await tx.answering(try await write(current.role, .invited, over: current, of: company, tx))
        }
    }

    /// The link that was mailed no longer works. Withdrawn twice, it is withdrawn.
    func withdrawInvitation(_ input: MemberInvitation, by member: Member) async throws(Failure) -> MemberView {
        try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            let current = try await self.member(input.userId, of: input.id, tx, locked: true)
            guard current.status != .withdrawn else { return current }
            guard current.status.canBecome(.withdrawn) else { throw Failure.invitationAnswered }
            return try await write(current.role, .withdrawn, over: current, of: company, tx)
        }
    }

    private func write(
        _ role: CompanyRole,
        _ status: MemberStatus,
        over current: MemberView,
        of company: CompanyView,
        _ tx: TenantTransaction
    ) async throws(Failure) -> MemberView {
        let isInvitedNow = status == .invited && (current.status != .invited || role == current.role)
        if status == .withdrawn { identity.withdrawInvitation(to: company.id, of: current.userId, in: tx) }
        if isInvitedNow { try await invite(current, to: company, tx) }
        tx.queue(MemberQueries.update(current.userId, of: company.id, role, status, isInvitedNow: isInvitedNow, tx))
        identity.standingChanged(current.userId, in: tx)
        let changed = try await member(current.userId, of: company.id, tx)
        try tx.append(MemberChanged(company: CompanyFact(company), member: MemberFact(changed)))
        return changed
    }

    /// Counts the mail against its limits before the change begins: a transaction waits for nothing but PostgreSQL.
    private func requireMail(
        toFormer user: Identifier<User>,
        of id: Identifier<Company>,
        by member: Member
    ) async throws(Failure) {
        let email: EmailAddress? = try await store.transaction(as: member) { tx in
            let company = try await administered(id, by: member, tx)
            guard company.approval == .approved else { return nil }
            let current = try await self.member(user, of: id, tx)
            return current.status.canBecome(.invited) ? try? EmailAddress(current.email) : nil
        }
        if let email { try await identity.requireMail(invitationTo: email, by: member) }
    }

    private func invite(_ former: MemberView, to company: CompanyView, _ tx: TenantTransaction) async throws(Failure) {
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

extension ChangeMember {
    fileprivate func status(after current: MemberStatus) throws(Failure) -> MemberStatus {
        switch status {
        case nil: return current
        case .deactivated: return current.ended
        case .active:
            guard current != .invited else { throw .invitationPending }
            return current == .active ? .active : .invited
        }
    }
}
