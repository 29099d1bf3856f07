package import Foundation
package import Kernel
import Postgres

/// A new key, which is not shown again.
package struct NewAPIKeyView: Codable, Sendable {
    package let key: String
    package let prefix: String
    package let createdBy: Identifier<User>
    package let createdAt: Date
}

extension Identity {
    /// Makes the tenant's key, or a new one in place of the former, which ends at once in every process.
    func regenerateAPIKey(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> NewAPIKeyView {
        guard let user = admin.caller.user else { throw .forbidden }
        let key = APIKey(tenant: admin.tenant)
        let (former, time) = try await store.transaction(as: admin) { tx in
            tx.queue(APIKeyQueries.lock(tx.tenant))
            // Somebody from outside the tenant would be nobody in it, and so would the key.
            guard let row = try await tx.first(APIKeyQueries.replace(key, by: user, tx)) else { throw Failure.forbidden }
            try tx.append(APIKeyRegenerated(keyId: Identifier(key.id), prefix: key.prefix))
            return (try row("former") as UUID?, tx.now)
        }
        if let former { standings.forget(former) }
        return NewAPIKeyView(key: key.text, prefix: key.prefix, createdBy: user, createdAt: time)
    }
}
