import Identity
import Kernel

/// Somebody to work for a company, known by their address.
struct AddMember: Codable, Sendable {
    let id: Identifier<Company>
    let email: EmailAddress
    let role: CompanyRole
    let firstName: Text<100>?
    let lastName: Text<100>?
}

extension Companies {
    /// Whoever has an account is in at once; anybody else gets a mail and is in when they have chosen a password.
    func addMember(_ input: AddMember, by member: Member) async throws(Failure) -> MemberView {
        let view: MemberView = try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            let invited = try await identity.invite(
                input.email,
                firstName: input.firstName?.value,
                lastName: input.lastName?.value,
                as: .employer,
                to: company.name,
                in: tx
            )
            guard invited.status != .deactivated else { throw Failure.memberDeactivated }
            let status: MemberStatus = invited.isWaiting ? .invited : .active
            tx.queue(MemberQueries.insert(input.id, invited.user.id, input.role, status, tx))
            tx.queue(Identity.tellStandingChanged(invited.user.id))
            let view = try await self.member(invited.user.id, of: input.id, tx)
            try tx.append(MemberInvited(company: CompanyFact(company), member: MemberFact(view)))
            return view
        }
        identity.standingChanged(view.userId)
        return view
    }
}
