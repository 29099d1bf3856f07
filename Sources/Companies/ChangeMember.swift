import Identity
import Kernel

/// A member's new role, or their leaving or coming back.
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
        let view: MemberView = try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            let current = try await self.member(input.userId, of: input.id, tx)
            let role = input.role ?? current.role
            let status = try statusAfter(input.status, current)
            let resigns = current.role == .companyAdmin && current.status == .active && (role != .companyAdmin || status != .active)
            if resigns { try await requireAnotherAdmin(of: input.id, beside: input.userId, tx) }
            tx.queue(MemberQueries.update(input.userId, of: input.id, role, status, tx))
            tx.queue(Identity.tellStandingChanged(input.userId))
            let changed = try await self.member(input.userId, of: input.id, tx)
            try tx.append(MemberChanged(company: CompanyFact(company), member: MemberFact(changed)))
            return changed
        }
        identity.standingChanged(input.userId)
        return view
    }

    private func statusAfter(_ wanted: ChangeMember.Status?, _ current: MemberView) throws(Failure) -> MemberStatus {
        switch wanted {
        case nil: return current.status
        case .deactivated: return .deactivated
        case .active:
            guard current.status != .invited else { throw .invitationPending }
            return .active
        }
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
