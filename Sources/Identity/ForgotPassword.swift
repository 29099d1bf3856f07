import Foundation
import Kernel

/// Somebody says that an account is theirs and asks for the mail that lets them prove it.
struct ForgotPassword: Codable, Sendable {
    let email: EmailAddress
    let tenantCode: Text<63>?
}

struct ForgotPasswordAnswer: Codable, Sendable {
    let message: String
}

extension Identity {
    /// Only asks for the mail: whether there is such an account is looked up in the background, so neither answer nor time tells.
    func forgotPassword(_ input: ForgotPassword, by caller: Anonymous) async throws(Failure) -> ForgotPasswordAnswer {
        let visitor = try await visitor(caller.caller, tenantCode: input.tenantCode)
        try await store.transaction(as: visitor) { tx in
            try tx.enqueue(
                SendAccountMail(id: UUID(), kind: .passwordReset, email: input.email.value, organization: nil, requestedAt: tx.now),
                WorkOptions(priority: 10, uniqueKey: "reset:\(input.email.value)")
            )
        }
        return ForgotPasswordAnswer(message: "If there is an account with this address, a mail with a link is on its way.")
    }
}
