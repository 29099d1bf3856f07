import Foundation
import Kernel
import Postgres

/// The answer to signing in: who you are, and the pair of tokens that proves it from now on.
package struct SignedInView: Codable, Sendable {
    package let user: UserView
    package let accessToken: String
    package let refreshToken: String
    package let expiresIn: Int
    package let tokenType: String
}

/// A session about to be opened, with its first refresh token.
struct SessionGrant: Sendable {
    // RFC 9700 section 4.14 wants idle refresh tokens to expire; seven days is this product's contract.
    static let refreshLifetime: TimeInterval = 7 * 86_400

    let session: Identifier<Session> = Identifier()
    let user: Identifier<User>
    let token: OpaqueToken

    init(tenant: Identifier<Tenant>, user: Identifier<User>) {
        self.user = user
        token = OpaqueToken(.refresh, tenant: tenant)
    }
}

extension Identity {
    /// Writes the session and returns its user's row.
    func open(_ grant: SessionGrant, _ tx: TenantTransaction) async throws(Failure) -> Row {
        guard let row = try await tx.first(SessionQueries.open(grant, tx)) else { throw .invalidCredentials }
        return row
    }

    func answer(_ grant: SessionGrant, user: UserView) async throws(Failure) -> SignedInView {
        try await answer(session: grant.session, token: grant.token, user: user)
    }

    func answer(session: Identifier<Session>, token: OpaqueToken, user: UserView) async throws(Failure) -> SignedInView {
        let access = try await tokens.sign(user: user.id, tenant: token.tenant, roles: user.roles, tier: user.tier, session: session)
        return SignedInView(
            user: user,
            accessToken: access,
            refreshToken: token.text,
            expiresIn: AccessTokens.lifetime,
            tokenType: "Bearer"
        )
    }
}
