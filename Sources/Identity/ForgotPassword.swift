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
        var visitors = [try await visitor(caller.caller, tenantCode: input.tenantCode)]
        // Without a code, each of their organizations sends a mail of its own.
        let tenants = try await tenants(of: input.email, alsoInvited: true, from: caller.caller, input.tenantCode)
        if let tenants, !tenants.isEmpty { visitors = tenants.map { SystemActor(tenant: $0, origin: caller.caller.origin) } }
        for visitor in visitors { try await askForReset(input.email, visitor) }
        return MailAnswer(message: "If there is an account with this address, a mail with a link is on its way.")
    }

    /// A mail beyond the limit isn't sent, and the answer doesn't say so either.
    private func askForReset(_ email: EmailAddress, _ visitor: SystemActor) async throws(Failure) {
        if await allowsMail(MailRequest(.reset, to: email, in: visitor.tenant)) == nil {
            try await store.transaction(as: visitor) { tx in
                try tx.enqueue(
                    SendAccountMail(.passwordReset, to: email.value, requestedAt: tx.now),
                    WorkOptions(priority: 10, uniqueKey: "reset:\(email.value)")
                )
            }
        }
    }
}
