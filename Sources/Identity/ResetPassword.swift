import Foundation
import Kernel
import Postgres

/// The token of a mail, and the password to set by it.
struct ResetPassword: Codable, Sendable {
    let token: Text<200>
    let newPassword: NewPassword
}

struct ResetPasswordAnswer: Codable, Sendable {
    let message: String
}

extension Identity {
    /// Takes the token of a reset mail, and of an invitation, which it accepts.
    func resetPassword(_ input: ResetPassword, by caller: Anonymous) async throws(Failure) -> ResetPasswordAnswer {
        guard let token = OpaqueToken(input.token.value, .passwordReset) else { throw .resetTokenInvalid }
        let actor = SystemActor(tenant: token.tenant, origin: caller.caller.origin)
        // Looked at first, so that made-up tokens cost no hashing.
        let isKnown = try await !store.query(as: actor, ResetQueries.find(token, now: store.clock.now())).isEmpty
        guard isKnown else { throw .resetTokenInvalid }
        let hash = try await hash(input.newPassword.value)
        let user: Identifier<User> = try await store.transaction(as: actor) { tx in
            guard let row = try await tx.first(ResetQueries.spend(token, hash: hash, tx)) else { throw Failure.resetTokenInvalid }
            let user: Identifier<User> = try row("user_id")
            tx.queue(ResetQueries.acceptInvitations(of: user, tx))
            tx.queue(Identity.endSessions(of: user, tenant: tx.tenant, now: tx.now))
            try tx.append(PasswordReset(userId: user, wasInvited: try row("was_invited")))
            return user
        }
        standingChanged(user)
        return ResetPasswordAnswer(message: "The new password is set. Sign in with it.")
    }
}
