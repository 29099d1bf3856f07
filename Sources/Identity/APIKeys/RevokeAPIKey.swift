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
            _ = try revoked(row, tx)
        }
        standings.forget(input.id.uuid)
        return NoContent()
    }

    /// Ends the keys that somebody made; this process is to forget them once the transaction stands.
    func revokeAPIKeys(of user: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) -> [Identifier<APIKey>] {
        let rows = try await tx.query(APIKeyQueries.delete(madeBy: user, tx))
        do { return try rows.map { try revoked($0, tx) } } catch { throw Failure(error) }
    }

    private func revoked(_ row: Row, _ tx: TenantTransaction) throws -> Identifier<APIKey> {
        let id: Identifier<APIKey> = try row("id")
        tx.queue(Identity.tellStandingChanged(id))
        try tx.append(APIKeyRevoked(keyId: id, name: try row("name"), prefix: try row("prefix")))
        return id
    }
}
