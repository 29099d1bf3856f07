package import Kernel
import Postgres

/// Where credentials and anything else that must not be readable in a backup are kept: under AES-256-GCM, with keys that the database never
/// sees.
package struct Vault: Sendable {
    private let ring: KeyRing

    package init(_ ring: KeyRing) {
        self.ring = ring
    }

    /// Stores a secret, replacing the one before.
    package func keep(_ secret: [UInt8], at place: SecretPlace, in tx: TenantTransaction) async throws(Failure) {
        try requireOwn(place, tx)
        let sealed = try reading { try ring.seal(secret, at: place) }
        _ = try await tx.execute(SecretQueries.keep(sealed, at: place, now: tx.now))
    }

    package func secret(at place: SecretPlace, in tx: TenantTransaction) async throws(Failure) -> [UInt8]? {
        try requireOwn(place, tx)
        guard let row = try await tx.first(SecretQueries.secret(at: place)) else { return nil }
        return try reading { try ring.open(SealedSecret(row), at: place) }
    }

    package func forget(_ place: SecretPlace, in tx: TenantTransaction) async throws(Failure) {
        try requireOwn(place, tx)
        _ = try await tx.execute(SecretQueries.forget(place))
    }

    private func requireOwn(_ place: SecretPlace, _ tx: TenantTransaction) throws(Failure) {
        guard place.tenant == tx.tenant else { throw .notFound }
    }
}
