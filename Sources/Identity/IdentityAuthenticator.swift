package import Foundation
package import Kernel
package import Logging
import Postgres

/// Finds out who is calling. A known session costs two lookups in memory; changes of standing arrive from PostgreSQL.
package final class IdentityAuthenticator: Sendable {
    private let tokens: AccessTokens
    private let directory: TenantDirectory
    private let standings: StandingCache
    let door: OperatorDoor

    init(tokens: AccessTokens, directory: TenantDirectory, standings: StandingCache, door: OperatorDoor) {
        self.tokens = tokens
        self.directory = directory
        self.standings = standings
        self.door = door
    }

    /// The tenant is the token's; without a token the one of the code, else of the host name, else `default`.
    package func authenticate(
        bearer token: String?,
        tenantCode: String?,
        host: String?,
        origin: Origin
    ) async throws(Failure) -> Caller {
        guard let token else {
            return Caller(tenant: try await tenant(code: tenantCode, host: host), actor: .anonymous, origin: origin)
        }
        if isKey(token) { return try await program(with: token, origin) }
        let claims = try await claims(of: token)
        return try await caller(claims.sub, session: claims.sid, in: claims.tenant, origin)
    }

    package func refresh(_ caller: Caller, bearer token: String?) async throws(Failure) -> Caller {
        // A key is looked at again; a session outlives the token that was sent.
        guard let user = caller.user, let session = caller.session else {
            return try await authenticate(bearer: token, tenantCode: nil, host: nil, origin: caller.origin)
        }
        return try await self.caller(user, session: session, in: caller.tenant, caller.origin)
    }

    private func caller(
        _ user: Identifier<User>,
        session: Identifier<Session>,
        in tenant: Identifier<Tenant>,
        _ origin: Origin
    ) async throws(Failure) -> Caller {
        guard let standing = try await standings.standing(session, of: user, in: tenant) else { throw .unauthorized }
        return Caller(
            tenant: tenant,
            actor: .user(user),
            session: session,
            roles: standing.roles,
            reach: standing.reach,
            origin: origin,
            tier: standing.tier
        )
    }

    package func isKey(_ token: String) -> Bool { token.hasPrefix(APIKey.mark) }

    package func standingChanges() -> AsyncStream<UUID?> { standings.changes() }

    /// Acts as the key's maker, with their standing as the tenant's administrator and nothing else.
    private func program(with text: String, _ origin: Origin) async throws(Failure) -> Caller {
        guard let key = APIKey(text), let standing = try await standings.standing(key) else { throw .unauthorized }
        return Caller(
            tenant: key.tenant,
            actor: .user(standing.user),
            roles: standing.roles,
            reach: standing.reach,
            origin: origin,
            tier: standing.tier,
            key: ProgramKey(id: key.id, scopes: standing.scopes)
        )
    }

    private func claims(of token: String) async throws(Failure) -> AccessClaims {
        if let known = standings.claims(of: token) {
            guard tokens.isCurrent(known) else { throw .unauthorized }
            return known
        }
        let claims = try await tokens.verify(token)
        standings.keep(claims, of: token)
        return claims
    }

    private func tenant(code: String?, host: String?) async throws(Failure) -> Identifier<Tenant> {
        if let code {
            guard let tenant = try await directory.tenant(named: code.lowercased()) else { throw .tenantUnknown }
            return tenant
        }
        if let name = host.map(Self.hostName), !name.isEmpty, let tenant = try await directory.tenant(named: name) { return tenant }
        guard let tenant = try await directory.tenant(named: "default") else { throw .notFound }
        return tenant
    }

    /// The name without its port; a bracketed IPv6 address is not a tenant's name.
    private static func hostName(_ host: String) -> String {
        String(host.prefix { $0 != ":" }).lowercased()
    }

    /// Follows changes of standing until its task is canceled.
    package func run(listeningTo url: String, logger: Logger) async {
        let listener = Listener(url: url, channels: ["tenure_identity"], logger: logger)
        for await notification in listener.notifications {
            switch notification {
            case .reconnected:
                standings.forgetAll()
                directory.forgetAll()
            case .message(_, let payload):
                guard let id = UUID(uuidString: payload) else {
                    logger.warning("a change of standing named no id", metadata: ["payload": "\(payload)"])
                    continue
                }
                standings.forget(id)
                directory.forget(id)
            }
        }
        await listener.close()
    }
}
