package import Foundation
package import Kernel
import Postgres

struct CreateAPIKey: Codable, Sendable {
    let name: Text<100>
    let scopes: FilledList<KeyScope, 40>
    let expiresAt: Date?
}

/// What a key is for and how long it is valid; rotation keeps it.
struct APIKeyTerms: Sendable {
    /// The name of the one key that `/enterprise/api-key` manages.
    static let defaultName = "default"

    let name: String
    let scopes: [KeyScope]
    let expiresAt: Date?
}

/// A new key, shown only this once.
package struct NewAPIKeyView: Codable, Sendable {
    package let key: String
    package let id: Identifier<APIKey>
    package let name: String
    package let prefix: String
    package let scopes: [KeyScope]
    package let createdBy: Identifier<User>
    package let createdAt: Date
    package let expiresAt: Date?

    init(_ key: APIKey, _ terms: APIKeyTerms, by user: Identifier<User>, at moment: Date) {
        self.key = key.text
        id = Identifier(key.id)
        name = terms.name
        prefix = key.prefix
        scopes = terms.scopes
        createdBy = user
        createdAt = moment
        expiresAt = terms.expiresAt
    }
}

extension Identity {
    static let maximumAPIKeys = 50

    func createAPIKey(_ input: CreateAPIKey, by admin: TenantAdmin) async throws(Failure) -> NewAPIKeyView {
        let scopes = Set(input.scopes.elements)
        if let end = input.expiresAt, end <= store.clock.now() { throw .validation("expiresAt", "Must be in the future.") }
        let terms = APIKeyTerms(name: input.name.value, scopes: KeyScope.allCases.filter(scopes.contains), expiresAt: input.expiresAt)
        return try await store.transaction(as: admin) { tx in
            tx.queue(APIKeyQueries.lock(tx.tenant))
            return try await makeAPIKey(terms, by: admin, tx)
        }
    }

    /// Call it with the lock held.
    func makeAPIKey(_ terms: APIKeyTerms, by admin: TenantAdmin, _ tx: TenantTransaction) async throws(Failure) -> NewAPIKeyView {
        guard let user = admin.caller.user else { throw .forbidden }
        let count = try await tx.first(APIKeyQueries.count(tx.tenant))
        guard try reading({ try count?("count") as Int? ?? 0 }) < Self.maximumAPIKeys else { throw .tooManyAPIKeys }
        let key = APIKey(tenant: tx.tenant)
        guard try await tx.first(APIKeyQueries.insert(key, terms, by: user, tx)) != nil else { throw .forbidden }
        try tx.append(
            APIKeyCreated(keyId: Identifier(key.id), name: terms.name, prefix: key.prefix, scopes: terms.scopes, expiresAt: terms.expiresAt)
        )
        return NewAPIKeyView(key, terms, by: user, at: tx.now)
    }
}
