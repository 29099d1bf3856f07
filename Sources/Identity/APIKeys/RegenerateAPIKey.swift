import Foundation
import Kernel
import Postgres

struct RotateAPIKey: Codable, Sendable {
    let id: Identifier<APIKey>
    /// If it is left out, the new key ends when the former one would have.
    let expiresAt: Date?
}

extension Identity {
    /// A new secret for the same program; the former key ends at once in every process.
    func rotateAPIKey(_ input: RotateAPIKey, by admin: TenantAdmin) async throws(Failure) -> NewAPIKeyView {
        try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(APIKeyQueries.withID(input.id, tx.tenant)) else { throw Failure.apiKeyNotFound }
            return try await rotate(try APIKeyView(row), until: input.expiresAt, by: admin, tx)
        }
    }

    /// Makes the tenant's default key, or replaces it with a new one.
    func regenerateAPIKey(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> NewAPIKeyView {
        try await store.transaction(as: admin) { tx in
            tx.queue(APIKeyQueries.lock(tx.tenant))
            guard let row = try await tx.first(APIKeyQueries.named(APIKeyTerms.defaultName, tx.tenant)) else {
                let terms = APIKeyTerms(name: APIKeyTerms.defaultName, scopes: KeyScope.allCases, expiresAt: nil)
                return try await makeAPIKey(terms, by: admin, tx)
            }
            return try await rotate(try APIKeyView(row), until: nil, by: admin, tx)
        }
    }

    private func rotate(
        _ former: APIKeyView,
        until end: Date?,
        by admin: TenantAdmin,
        _ tx: TenantTransaction
    ) async throws(Failure) -> NewAPIKeyView {
        guard let user = admin.caller.user else { throw .forbidden }
        let terms = APIKeyTerms(name: former.name, scopes: former.scopes, expiresAt: end ?? former.expiresAt)
        if let end = terms.expiresAt, end <= tx.now { throw .validation("expiresAt", "Must be in the future.") }
        let key = APIKey(tenant: tx.tenant)
        let replacing = APIKeyQueries.replace(former.id, with: key, until: terms.expiresAt, by: user, tx)
        guard try await tx.first(replacing) != nil else { throw .forbidden }
        standingChanged(former.id, in: tx)
        try tx.append(APIKeyRegenerated(keyId: Identifier(key.id), prefix: key.prefix, name: terms.name, formerId: former.id))
        return NewAPIKeyView(key, terms, by: user, at: tx.now)
    }
}
