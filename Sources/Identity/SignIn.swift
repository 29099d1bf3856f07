import Foundation
import Kernel
import Postgres

/// Proof of identity by password.
struct SignIn: Codable, Sendable {
    let email: EmailAddress
    let password: GivenPassword
    let tenantCode: Text<63>?
}

extension Identity {
    /// An unknown address, a wrong password and a closed account look alike, both in the answer and in its timing.
    func signIn(_ input: SignIn, by caller: Anonymous) async throws(Failure) -> SignedInView {
        let visitor = try await visitor(caller.caller, tenantCode: input.tenantCode, for: input.email)
        let found = try await store.query(as: visitor, UserQueries.credentials(input.email.value, tenant: visitor.tenant)).first
        let credentials = try reading { try found.map(Credentials.init) }
        let isRight = try await verify(input.password, against: credentials?.hash)
        guard let credentials, isRight, credentials.status == .active else {
            throw input.tenantCode == nil ? .invalidCredentialsOrTenant : .invalidCredentials
        }
        guard credentials.tenantIsActive else { throw .tenantSuspended }
        let renewed: String? =
            if let hash = credentials.hash, hashing.isOutdated(hash) { try await self.hash(input.password.value) } else { nil }
        let grant = SessionGrant(tenant: visitor.tenant, user: credentials.user)
        let row = try await store.transaction(as: visitor.speaking(for: credentials.user)) { tx in
            // If somebody chose a new password while the old one was being verified, the old one no longer works.
            guard try await tx.execute(UserQueries.confirm(credentials.hash, renewed: renewed, of: credentials.user, tx)) == 1 else {
                throw Failure.invalidCredentials
            }
            try tx.append(UserSignedIn(userId: credentials.user, address: tx.caller.origin.address))
            return try await open(grant, tx)
        }
        return try await answer(grant, user: view(row))
    }
}

private struct Credentials: Sendable {
    let user: Identifier<User>
    let hash: String?
    let status: UserStatus
    let tenantIsActive: Bool

    init(_ row: Row) throws {
        user = try row("id")
        hash = try row("password_hash")
        status = try row("status")
        tenantIsActive = try row("tenant_is_active")
    }
}
