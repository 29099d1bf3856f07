import Identity
import Kernel

/// Somebody who should work for a company, given by their address.
struct AddMember: Codable, Sendable {
    let id: Identifier<Company>
    let email: EmailAddress
    let role: CompanyRole
    let firstName: Text<100>?
    let lastName: Text<100>?
}

extension Companies {
    /// Nobody is added without being asked: they get a mail, and become a member when they accept. Invited again, they get another mail.
    func addMember(_ input: AddMember, by member: Member) async throws(Failure) -> MemberView {
        try await requireMail(to: input.email, of: input.id, by: member)
        return try await store.transaction(as: member) { tx in
            let company = try await administered(input.id, by: member, tx)
            guard company.approval == .approved else { throw Failure.companyNotApproved }
            let invited = try await identity.invite(
                input.email,
                firstName: input.firstName?.value,
                lastName: input.lastName?.value,
                as: .employer,
                to: company.name,
                company: company.id,
                in: tx
            )
            guard invited.status != .deactivated else { throw Failure.memberDeactivated }
            guard try await tx.execute(MemberQueries.invite(input.id, invited.user.id, input.role, tx)) == 1 else {
                throw Failure.memberExists
            }
            let view = try await self.member(invited.user.id, of: input.id, tx)
            try tx.append(MemberInvited(company: CompanyFact(company), member: MemberFact(view)))
            return try await tx.answering(view)
        }
    }

    /// Counts the mail against its limits, once it is clear that the company's administrator is asking.
    private func requireMail(to email: EmailAddress, of company: Identifier<Company>, by member: Member) async throws(Failure) {
        guard member.scope(.administerCompany).contains(company) else { return }
        try await identity.requireMail(invitationTo: email, by: member)
    }
}
