import Foundation
import Kernel
import Outbox
import Postgres

/// The token from a mail, and the password to set with it.
struct ResetPassword: Codable, Sendable {
    let token: Text<200>
    let newPassword: NewPassword
}

struct ResetPasswordAnswer: Codable, Sendable {
    let message: String
}

extension Identity {
    /// Takes the token from a reset mail, or from an invitation to an account whose owner has not set a password yet, which it accepts.
    /// Whoever used the account before is out: its sessions end, and its password changes. If nobody had confirmed the address, that may
    /// have been a stranger, and the keys end too.
    func resetPassword(_ input: ResetPassword, by caller: Anonymous) async throws(Failure) -> ResetPasswordAnswer {
        guard let token = OpaqueToken(input.token.value, .passwordReset) else { throw .resetTokenInvalid }
        let actor = SystemActor(tenant: token.tenant, origin: caller.caller.origin)
        // Checked first, so that made-up tokens cost no hashing.
        try await requireToSetPassword(token, as: actor)
        let hash = try await hash(input.newPassword.value)
        try await store.transaction(as: actor) { tx in
            guard let row = try await tx.first(MailedTokenQueries.spend(token, hash: hash, tx)) else { throw Failure.resetTokenInvalid }
            let user: Identifier<User> = try row("user_id")
            // A new password doesn't answer an invitation; choosing one with its code does.
            if try row("is_invitation") { _ = try await join(try row("company_id"), invitedBy: try row("created_at"), user, tx) }
            tx.queue(Outbox.proven(addressOf: user, tx))
            tx.queue(Identity.endSessions(of: user, tenant: tx.tenant, now: tx.now))
            try tx.append(PasswordReset(userId: user, wasInvited: try row("was_invited")))
            if try row("was_unproven") {
                try await revokeAPIKeys(of: user, tx)
                try joinCandidates(user, tx)
            }
            forgetStanding(user, after: tx)
        }
        return ResetPasswordAnswer(message: "The new password is set. Sign in with it.")
    }

    private func requireToSetPassword(_ token: OpaqueToken, as actor: SystemActor) async throws(Failure) {
        guard let row = try await store.query(as: actor, MailedTokenQueries.find(token, now: store.clock.now())).first else {
            throw .resetTokenInvalid
        }
        let (purpose, isUnclaimed) = try reading { (try row("purpose") as String, try row("is_unclaimed") as Bool) }
        guard purpose == SendAccountMail.Kind.passwordReset.rawValue || isUnclaimed else { throw .invitationNeedsSignIn }
    }
}
