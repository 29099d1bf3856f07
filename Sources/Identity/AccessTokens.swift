import Crypto
import Foundation
import JWTKit
package import Kernel

/// The contents of an access token (RFC 9068). Who may do what is still looked up: the token proves identity, not standing.
struct AccessClaims: JWTPayload, Hashable {
    let sub: Identifier<User>
    let tenant: Identifier<Tenant>
    let roles: [Role]
    let tier: Tier
    let sid: Identifier<Session>
    let iat: Int
    let exp: Int
    let jti: UUID

    /// Expiry is checked against the server's clock, at each use and not only when the signature is verified.
    func verify(using algorithm: some JWTAlgorithm) {}
}

/// Signs and verifies access tokens: only HS256 and `at+jwt`, whatever a token's own header says (RFC 8725, 3.1 and 3.11).
package struct AccessTokens: Sendable {
    package static let lifetime = 15 * 60

    private let keys: JWTKeyCollection
    private let clock: Kernel.Clock

    package init(secret: String, clock: Kernel.Clock) async {
        keys = await JWTKeyCollection().add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
        self.clock = clock
    }

    package func sign(
        user: Identifier<User>,
        tenant: Identifier<Tenant>,
        roles: [Role],
        tier: Tier,
        session: Identifier<Session>
    ) async throws(Failure) -> String {
        let now = Int(clock.now().timeIntervalSince1970)
        let claims = AccessClaims(
            sub: user,
            tenant: tenant,
            roles: roles,
            tier: tier,
            sid: session,
            iat: now,
            exp: now + Self.lifetime,
            jti: UUID()
        )
        do { return try await keys.sign(claims, header: ["typ": "at+jwt"]) } catch { throw .internal(error) }
    }

    /// The claims of a token that is ours and has not expired.
    func verify(_ token: String) async throws(Failure) -> AccessClaims {
        guard Self.hasOurHeader(token), let claims = try? await keys.verify(token, as: AccessClaims.self), isCurrent(claims) else {
            throw .unauthorized
        }
        return claims
    }

    func isCurrent(_ claims: AccessClaims) -> Bool {
        clock.now().timeIntervalSince1970 < Double(claims.exp)
    }

    private struct Header: Decodable {
        let alg: String
        let typ: String
        let crit: [String]?
    }

    // JWTKit 5 doesn't check `typ` when it verifies, and its general header parser traps on numbers beyond Int.
    private static func hasOurHeader(_ token: String) -> Bool {
        guard token.utf8.count <= 4096, let end = token.firstIndex(of: "."), let bytes = Base64URL.decode(token[..<end]),
            let header = try? JSONDecoder().decode(Header.self, from: bytes)
        else { return false }
        return header.alg == "HS256" && header.typ.lowercased() == "at+jwt" && header.crit == nil
    }
}
