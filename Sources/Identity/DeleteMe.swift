import Blobs
package import Kernel
import Postgres

/// The end of one's own account, confirmed with the password.
struct DeleteMe: Codable, Sendable {
    let password: GivenPassword
}

extension Identity {
    /// Closes the account. What it did stays in the history; it can't sign in again, and its address is free for a new account.
    func deleteMe(_ input: DeleteMe, by user: SignedIn) async throws(Failure) -> NoContent {
        let found = try await store.query(as: user, UserQueries.passwordHash(user.user, tenant: user.tenant)).first
        let hash: String? = try reading { try found.flatMap { try $0("password_hash") } }
        guard try await verify(input.password, against: hash) else { throw .wrongPassword }
        try await store.transaction(as: user) { tx in
            try await requireAnotherAdministrator(beside: user.user, tx)
            guard let row = try await tx.first(UserQueries.delete(user.user, tx)) else { throw Failure.unauthorized }
            tx.queue(Identity.endSessions(of: user.user, tenant: tx.tenant, now: tx.now))
            try tx.append(UserDeactivated(user: UserFact(row), isDeleted: true))
            forgetStanding(user.user, after: tx)
            deletePicture(try row("profile_picture"), after: tx)
        }
        return NoContent()
    }

    /// Makes whoever else would resign, or be relieved, at this moment wait for this transaction.
    package func lockAdministrators(beside user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) {
        tx.queue(UserQueries.lockAdministrators(beside: user, tx))
    }

    /// Refuses what would leave the tenant or a company with nobody to administer it.
    package func requireAnotherAdministrator(beside user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) {
        try await lockAdministrators(beside: user, tx)
        guard try await tx.query(UserQueries.leftAlone(by: user, tx)).isEmpty else { throw .lastAdministrator }
    }
}
