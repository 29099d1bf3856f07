import Candidates
import Identity
import Kernel
import Postgres

/// One of a company's candidates.
struct InviteCandidate: Codable, Sendable {
    let id: Identifier<Company>
    let candidateId: Identifier<User>
}

extension Sourcing {
    /// The mail says the same whether or not its reader has an account, and the answer doesn't tell either.
    func invite(_ input: InviteCandidate, by member: Member) async throws(Failure) -> AddedCandidate {
        let found: (Row, EmailAddress) = try await store.transaction(as: member) { tx in
            _ = try await company(input.id, of: member, in: tx)
            return try await reachable(input, tx)
        }
        try await identity.requireMail(invitationTo: found.1, by: member)
        return try await store.transaction(as: member) { tx in
            let name = try await company(input.id, of: member, in: tx)
            let (row, email) = try await reachable(input, tx)
            let person = SourcedPerson(
                id: input.candidateId,
                email: email,
                firstName: try row("first_name"),
                lastName: try row("last_name"),
                phone: nil,
                locale: try row("locale")
            )
            try await identity.inviteCandidate(person, at: email, to: name, company: input.id, in: tx)
            tx.queue(SourcingQueries.setInvited(input.candidateId, tx))
            try tx.append(CandidateInvited(candidateId: input.candidateId, companyId: input.id))
            return try await tx.answering(AddedCandidate(try await reachable(input, tx).0))
        }
    }

    private func reachable(_ input: InviteCandidate, _ tx: TenantTransaction) async throws(Failure) -> (Row, EmailAddress) {
        guard let row = try await tx.first(SourcingQueries.candidate(input.candidateId, of: input.id, tenant: tx.tenant)) else {
            throw .candidateNotFound
        }
        let (hasAccount, address) = try reading { (try row("has_account") as Bool, try row("email") as String) }
        guard !hasAccount else { throw .candidateJoined }
        guard let email = try? EmailAddress(address) else { throw .candidateUnreachable }
        return (row, email)
    }
}
