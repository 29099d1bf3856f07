import Foundation
package import Kernel
import Postgres

/// The code from an invitation mail, used by the person it invites.
struct AcceptInvitation: Codable, Sendable {
    let token: Text<200>
}

/// The companies that the person joined; none if a company only asked to stay in touch with a candidate.
package struct InvitationAnswer: Codable, Sendable {
    package struct Membership: Codable, Sendable {
        package let companyId: Identifier<Company>
        package let role: Role
    }

    package let companies: [Membership]
}

extension Identity {
    /// For accounts whose address is confirmed. Any other has to choose a password with the code first: its current one may be a
    /// stranger's.
    func acceptInvitation(_ input: AcceptInvitation, by user: SignedIn) async throws(Failure) -> InvitationAnswer {
        guard let token = OpaqueToken(input.token.value, .passwordReset), token.tenant == user.tenant else { throw .invitationNotFound }
        return try await store.transaction(as: user) { tx in
            let spend = MailedTokenQueries.spendInvitation(token, of: user.user, tx)
            guard let row = try await tx.first(spend) else { throw Failure.invitationNotFound }
            guard try await isVerified(user.user, tx) else { throw Failure.emailUnverified }
            if try row("is_for_candidate") {
                tx.queue(UserQueries.makeCandidate(user.user, tx))
                standingChanged(user.user, in: tx)
                try joinCandidates(user.user, of: try row("company_id"), tx)
                return InvitationAnswer(companies: [])
            }
            let joined = try await join(try row("company_id"), invitedBy: try row("created_at"), user.user, tx)
            guard !joined.isEmpty else { throw Failure.invitationNotFound }
            return InvitationAnswer(companies: joined)
        }
    }

    /// Turns an invitation into a membership, or into several if it names no company. Empty if it was withdrawn.
    func join(
        _ company: Identifier<Company>?,
        invitedBy moment: Date,
        _ user: Identifier<User>,
        _ tx: TenantTransaction
    ) async throws(Failure) -> [InvitationAnswer.Membership] {
        let rows = try await tx.query(MailedTokenQueries.join(company, invitedBy: moment, user, tx))
        let joined = try rows.decoded { InvitationAnswer.Membership(companyId: try $0("company_id"), role: try $0("role")) }
        for membership in joined {
            try tx.append(InvitationAccepted(companyId: membership.companyId, userId: user, role: membership.role))
        }
        if !joined.isEmpty { standingChanged(user, in: tx) }
        return joined
    }

    /// Withdraws what was mailed to somebody who has not accepted.
    package func withdrawInvitation(to company: Identifier<Company>, of user: Identifier<User>, in tx: TenantTransaction) {
        tx.queue(MailedTokenQueries.endInvitations(to: company, of: user, tx))
    }

    /// `join` without a mail, for creating a tenant's past.
    package func join(_ company: Identifier<Company>, _ user: Identifier<User>, in tx: TenantTransaction) async throws(Failure) {
        _ = try await join(company, invitedBy: tx.now, user, tx)
    }

    /// Whether somebody has used what was mailed to the account's address.
    package func isVerified(_ user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) -> Bool {
        let row = try await tx.first(UserQueries.account(user, tenant: tx.tenant))
        return try reading { try row.map { try $0("is_verified") } ?? false }
    }
}
