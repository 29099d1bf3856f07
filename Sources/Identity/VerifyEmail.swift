import Foundation
import Kernel
import Outbox
import Postgres

/// The code from a confirmation mail. Only the account's holder can use it, signed in: the mail may have reached somebody whose address a
/// stranger registered, and their click alone must not vouch for the stranger.
struct VerifyEmail: Codable, Sendable {
    let token: Text<200>
}

extension Identity {
    func verifyEmail(_ input: VerifyEmail, by user: SignedIn) async throws(Failure) -> UserView {
        guard let token = OpaqueToken(input.token.value, .confirmation), token.tenant == user.tenant else { throw .confirmationInvalid }
        let row = try await store.transaction(as: user) { tx in
            let spend = MailedTokenQueries.spend(token, as: .confirmation, of: user.user, tx)
            guard try await tx.first(spend) != nil else { throw Failure.confirmationInvalid }
            tx.queue(UserQueries.verify(user.user, tx))
            try joinCandidates(user.user, tx)
            tx.queue(Outbox.proven(addressOf: user.user, tx))
            guard let row = try await tx.first(UserQueries.account(user.user, tenant: tx.tenant)) else { throw Failure.unauthorized }
            try tx.append(EmailVerified(userId: user.user))
            return row
        }
        return try view(row)
    }

    /// Sends the mail again, for somebody who lost it, or whose mail came back.
    func resendConfirmation(_ input: NoInput, by user: SignedIn) async throws(Failure) -> MailAnswer {
        let account = try await account(of: user)
        guard !account.emailVerified || account.mailBounce != nil, let email = try? EmailAddress(account.email) else {
            throw .emailVerifiedBefore
        }
        if let refusal = await allowsMail(MailRequest(.confirmation, to: email, in: user.tenant)) { throw refusal }
        try await store.transaction(as: user) { tx in try askForConfirmation(of: email, tx) }
        return MailAnswer(message: "A mail with a link is on its way.")
    }

    func askForConfirmation(of email: EmailAddress, _ tx: TenantTransaction) throws(Failure) {
        try tx.enqueue(
            SendAccountMail(.confirmation, to: email.value, requestedAt: tx.now),
            WorkOptions(priority: 20, uniqueKey: "confirmation:\(email.value)")
        )
    }
}
