import Foundation
package import Kernel
import Postgres

/// What came of an invitation: whoever has an account already is in at once.
package struct Invited: Sendable {
    package let user: UserSummary
    package let status: UserStatus
    /// A mail is on its way, and the account opens when its link is used.
    package var isWaiting: Bool { status == .invited }
}

extension Identity {
    /// Finds the account with an address or makes one, gives it a role, and mails an invitation to whoever has no password yet.
    package func invite(
        _ email: EmailAddress,
        firstName: String? = nil,
        lastName: String? = nil,
        as role: Role,
        to organization: String,
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
        guard let row = try await tx.first(UserQueries.findOrInsert(user, role: role, tx)) else { throw .userNotFound }
        let invited = try reading { Invited(user: try UserSummary(row), status: try row("status")) }
        if invited.isWaiting {
            let mail = SendAccountMail(
                id: UUID(),
                kind: .invitation,
                email: email.value,
                organization: organization,
                requestedAt: tx.now
            )
            try tx.enqueue(mail, WorkOptions(priority: 20, uniqueKey: "invitation:\(email.value):\(organization)"))
        }
        return invited
    }
}
