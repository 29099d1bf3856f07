import Foundation
import Kernel

/// Somebody claims an account and asks for the mail that lets them prove it.
struct ForgotPassword: Codable, Sendable {
    let email: EmailAddress
    let tenantCode: Text<63>?
}

/// Says that a mail is coming, if one is.
struct MailAnswer: Codable, Sendable {
    let message: String
}

extension Identity {
    /// Only asks for the mail: whether the account exists is looked up in the background, so neither the answer nor its timing reveals it.
    func forgotPassword(_ input: ForgotPassword, by caller: Anonymous) async throws(Failure) -> MailAnswer {
        let visitor = try await visitor(caller.caller, tenantCode: input.tenantCode)
        // A mail beyond the limit isn't sent, and the answer doesn't say so either.
        if await allowsMail(MailRequest(.reset, to: input.email, in: visitor.tenant)) == nil {
            try await store.transaction(as: visitor) { tx in
                try tx.enqueue(
                    SendAccountMail(.passwordReset, to: input.email.value, requestedAt: tx.now),
                    WorkOptions(priority: 10, uniqueKey: "reset:\(input.email.value)")
                )
            }
        }
        return MailAnswer(message: "If there is an account with this address, a mail with a link is on its way.")
    }
}
