import Foundation
import Kernel
import Postgres
import Synchronization

/// What signed-in people and the tenants' programs may do right now, cached per session or key so that a request needs no lookup. A
/// standing is dropped when PostgreSQL notifies of a change, and after 30 s in any case, in case the notification is late.
package final class StandingCache: Sendable {
    struct Standing: Sendable {
        let user: Identifier<User>
        let tenant: Identifier<Tenant>
        let roles: Set<Role>
        let tier: Tier
        let reach: Caller.Reach
        /// For a key.
        var scopes: Set<KeyScope> = []
        var expiresAt: Date?
        let readAt: ContinuousClock.Instant
    }

    private struct State {
        var claims: [String: AccessClaims] = [:]
        /// By session or key.
        var standings: [UUID: Standing] = [:]
        /// Counts the changes: what was read before one is not cached after it.
        var generation = 0
        /// Streams that follow the changes.
        var followers: [Int: AsyncStream<UUID?>.Continuation] = [:]
        var nextFollower = 0
    }

    private static let maximumAge: Duration = .seconds(30)
    // A token with its claims takes about 1 kB.
    private static let capacity = 20_000

    private let store: TenantStore
    private let state = Mutex(State())

    init(store: TenantStore) {
        self.store = store
    }

    /// The claims of a token that was verified before.
    func claims(of token: String) -> AccessClaims? {
        state.withLock { $0.claims[token] }
    }

    func keep(_ claims: AccessClaims, of token: String) {
        state.withLock { state in
            if state.claims.count >= Self.capacity { state.claims = [:] }
            state.claims[token] = claims
        }
    }

    /// Nil if the session, its user or its tenant is no longer active.
    func standing(
        _ session: Identifier<Session>,
        of user: Identifier<User>,
        in tenant: Identifier<Tenant>
    ) async throws(Failure) -> Standing? {
        let standing = try await standing(session.uuid, in: tenant) { SessionQueries.standing(session, of: user, in: tenant) }
        return standing?.user == user ? standing : nil
    }

    /// Nil if the key, its maker or its tenant is no longer active.
    func standing(_ key: APIKey) async throws(Failure) -> Standing? {
        let now = store.clock.now()
        guard let standing = try await standing(key.id, in: key.tenant, isKey: true, reading: { APIKeyQueries.standing(key, now: now) }),
            standing.expiresAt.map({ now < $0 }) ?? true
        else { return nil }
        return standing
    }

    private func standing(
        _ id: UUID,
        in tenant: Identifier<Tenant>,
        isKey: Bool = false,
        reading query: () -> SQL
    ) async throws(Failure) -> Standing? {
        let now = ContinuousClock.now
        let (known, generation) = state.withLock { ($0.standings[id], $0.generation) }
        if let known, known.tenant == tenant, now - known.readAt < Self.maximumAge { return known }
        let rows = try await store.query(as: SystemActor(tenant: tenant), query())
        guard let row = rows.first else { return nil }
        let read = try reading { try Standing(row, in: tenant, isKey: isKey, at: now) }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.standings.count >= Self.capacity { state.standings = [:] }
            state.standings[id] = read
        }
        return read
    }

    /// Forgets what depends on a session, a key, a user or a tenant.
    func forget(_ id: UUID) {
        state.withLock { state in
            state.generation += 1
            for follower in state.followers.values { follower.yield(id) }
            guard state.standings.removeValue(forKey: id) == nil else { return }
            state.standings = state.standings.filter { $0.value.user.uuid != id && $0.value.tenant.uuid != id }
        }
    }

    /// Each change from now on, of one session, key, user or tenant; nil if it may be any.
    func changes() -> AsyncStream<UUID?> {
        let (changes, follower) = AsyncStream<UUID?>.makeStream()
        let number = state.withLock { state in
            state.nextFollower += 1
            state.followers[state.nextFollower] = follower
            return state.nextFollower
        }
        follower.onTermination = { [weak self] _ in _ = self?.state.withLock { $0.followers.removeValue(forKey: number) } }
        return changes
    }

    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            for follower in state.followers.values { follower.yield(nil) }
            state.standings = [:]
        }
    }
}

extension StandingCache.Standing {
    fileprivate init(_ row: Row, in tenant: Identifier<Tenant>, isKey: Bool, at moment: ContinuousClock.Instant) throws {
        let roles: [Role] = try row.roles("roles")
        let companies: [UUID] = try row("company_ids")
        let companyRoles: [Role] = try row.roles("company_roles")
        let memberships = Dictionary(zip(companies.map { Identifier<Company>($0) }, companyRoles), uniquingKeysWith: { first, _ in first })
        self.init(
            user: try row("user_id"),
            tenant: tenant,
            roles: Set(roles),
            tier: try row.tier("tier"),
            reach: roles.contains(.tenantAdmin) ? .wholeTenant(Role.tenantAdmin.permissions) : .companies(memberships),
            readAt: moment
        )
        guard isKey else { return }
        let names: [String] = try row("scopes")
        scopes = Set(names.compactMap(KeyScope.init))
        expiresAt = try row("expires_at")
    }
}
