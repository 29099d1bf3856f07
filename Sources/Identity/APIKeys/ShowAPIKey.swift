package import Foundation
package import Kernel
import Postgres

/// A key as it may be shown: without the key itself, which was shown once.
package struct APIKeyView: Codable, Sendable {
    package let id: Identifier<APIKey>
    package let name: String
    package let prefix: String
    package let scopes: [KeyScope]
    /// Who made it, and whom a program with the key acts as.
    package let createdBy: Identifier<User>
    package let createdAt: Date
    package let expiresAt: Date?
    /// To the minute.
    package let lastUsedAt: Date?
}

extension Identity {
    func showAPIKey(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> APIKeyView {
        let rows = try await store.query(as: admin, APIKeyQueries.named(APIKeyTerms.defaultName, admin.tenant))
        guard let row = rows.first else { throw .apiKeyNotFound }
        return try reading { try APIKeyView(row) }
    }

    func listAPIKeys(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> Items<APIKeyView> {
        let rows = try await store.query(as: admin, APIKeyQueries.list(admin.tenant))
        return Items(try rows.decoded(APIKeyView.init))
    }
}

extension APIKeyView {
    init(_ row: Row) throws {
        let scopes: [String] = try row("scopes")
        self.init(
            id: try row("id"),
            name: try row("name"),
            prefix: try row("prefix"),
            scopes: scopes.compactMap(KeyScope.init),
            createdBy: try row("user_id"),
            createdAt: try row("created_at"),
            expiresAt: try row("expires_at"),
            lastUsedAt: try row("last_used_at")
        )
    }
}
