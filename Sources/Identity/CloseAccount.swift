package import Kernel
import Postgres

extension Identity {
    package func require(_ password: GivenPassword, of user: SignedIn) async throws(Failure) {
        let found = try await store.query(as: user, UserQueries.passwordHash(user.user, tenant: user.tenant)).first
        let hash: String? = try reading { try found.flatMap { try $0("password_hash") } }
        guard try await verify(password, against: hash) else { throw .wrongPassword }
    }

    /// Nobody can sign in to the account any more, with a password, a session or a key, and its address is free for a new account.
    package func close(_ user: Identifier<User>, in tx: TenantTransaction) async throws(Failure) {
        guard try await tx.execute(UserQueries.close(user, tx)) == 1 else { throw .userNotFound }
        tx.queue(Identity.endSessions(of: user, tenant: tx.tenant, now: tx.now))
        forgetStanding(user, after: tx)
    }

    package func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure) {
        for person in people { try await revokeAPIKeys(of: person, tx) }
    }

    /// Makes others who would resign, or be removed, at this moment wait for this transaction.
    package func lockAdministrators(beside user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) {
        tx.queue(UserQueries.lockAdministrators(beside: user, tx))
    }

    /// Refuses changes that would leave the tenant or a company without an administrator.
    package func requireAnotherAdministrator(beside user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) {
        guard try await !isOnlyAdministrator(user, tx) else { throw .lastAdministrator }
    }

    /// Whether the tenant, or a company with others in it, would have no administrator without this user.
    package func isOnlyAdministrator(_ user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) -> Bool {
        try await lockAdministrators(beside: user, tx)
        return try await !tx.query(UserQueries.leftAlone(by: user, tx)).isEmpty
    }
}
