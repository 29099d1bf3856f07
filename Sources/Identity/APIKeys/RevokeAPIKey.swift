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
            tx.queue(Identity.tellStandingChanged(input.id))
            try tx.append(APIKeyRevoked(keyId: input.id, name: try row("name"), prefix: try row("prefix")))
        }
        standings.forget(input.id.uuid)
        return NoContent()
    }
}
