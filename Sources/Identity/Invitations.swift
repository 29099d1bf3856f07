package import Foundation
package import Kernel
import Postgres

/// Somebody who has been invited, and the state of their account.
package struct Invited: Sendable {
    package let user: UserSummary
    package let status: UserStatus
}

/// What became of the last invitation of a member.
package struct Invitation: Codable, Sendable {
    package enum State: String, Codable, CaseIterable, Sendable {
        case pending, expired, accepted, withdrawn
    }

    /// It may lie unread over a holiday.
    package static let validity: TimeInterval = 7 * 86_400

    package let state: State
    package let sentAt: Date
    /// When its link stops working.
    package let expiresAt: Date

    /// A pending one is over at some moment.
    package init(_ state: State, sentAt: Date, at moment: Date) {
        expiresAt = sentAt + Self.validity
        self.state = state == .pending && expiresAt <= moment ? .expired : state
        self.sentAt = sentAt
    }
}

extension Identity {
    /// Finds or creates the account with an address, and mails an invitation. Nothing else happens until its reader has accepted: an
    /// existing account keeps its roles, and `company` its members.
    package func invite(
        _ email: EmailAddress,
        firstName: String? = nil,
        lastName: String? = nil,
        as role: Role,
        to organization: String,
        company: Identifier<Company>? = nil,
        in tx: TenantTransaction
    ) async throws(Failure) -> Invited {
        let user = NewUser(
            email: email.value,
            passwordHash: nil,
            firstName: firstName,
            lastName: lastName,
            roles: [role],
            status: .invited
        )
        guard let row = try await tx.first(UserQueries.findOrInsert(user, tx)) else { throw .userNotFound }
        let invited = try reading { Invited(user: try UserSummary(row), status: try row("status")) }
        if invited.status != .deactivated { try mailInvitation(to: email.value, organization, company: company, in: tx) }
        return invited
    }

    private func mailInvitation(
        to email: String,
        _ organization: String,
        company: Identifier<Company>?,
        in tx: TenantTransaction
    ) throws(Failure) {
        try tx.enqueue(
            SendAccountMail(.invitation, to: email, from: organization, company: company, requestedAt: tx.now),
            WorkOptions(priority: 20, uniqueKey: "invitation:\(email):\(company?.description ?? organization)")
        )
    }

    /// Counts an invitation mail against the limits of its recipient and of the person inviting.
    package func requireMail(invitationTo email: EmailAddress, by member: Member) async throws(Failure) {
        let request = MailRequest(.invitation(by: member.user), to: email, in: member.tenant)
        if let refusal = await allowsMail(request) { throw refusal }
    }
}
