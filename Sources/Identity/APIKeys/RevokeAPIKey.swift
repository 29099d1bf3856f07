import Kernel
import Postgres

struct RevokeAPIKey: Codable, Sendable {
    let id: Identifier<APIKey>
}

extension Identity {
    /// Ends a key at once in every process.
    func revokeAPIKey(_ input: RevokeAPIKey, by admin: TenantAdmin) async throws(Failure) -> NoContent {
        try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(APIKeyQueries.delete(input.id, tx)) else { throw Failure.apiKeyNotFound }
            try revoked(row, tx)
        }
        return NoContent()
    }

    /// Ends the keys that somebody made.
    func revokeAPIKeys(of user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) {
        let rows = try await tx.query(APIKeyQueries.delete(madeBy: user, tx))
        do { for row in rows { try revoked(row, tx) } } catch { throw Failure(error) }
    }

    private func revoked(_ row: Row, _ tx: TenantTransaction) throws {
        let id: Identifier<APIKey> = try row("id")
        standingChanged(id, in: tx)
        try tx.append(APIKeyRevoked(keyId: id, name: try row("name"), prefix: try row("prefix")))
    }
}
