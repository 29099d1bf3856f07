package import Foundation
package import Kernel
import Postgres

/// The tenant's key as it may be shown: the key itself was, once.
package struct APIKeyView: Codable, Sendable {
    package let prefix: String
    /// Whom a program with the key acts as, and who made it.
    package let createdBy: Identifier<User>
    package let createdAt: Date
    /// To the minute.
    package let lastUsedAt: Date?
}

extension Identity {
    func showAPIKey(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> APIKeyView {
        let rows = try await store.query(as: admin, APIKeyQueries.show(admin.tenant))
        guard let row = rows.first else { throw .apiKeyNotFound }
        return try reading { try APIKeyView(row) }
    }
}

extension APIKeyView {
    fileprivate init(_ row: Row) throws {
        self.init(
            prefix: try row("prefix"),
            createdBy: try row("user_id"),
            createdAt: try row("created_at"),
            lastUsedAt: try row("last_used_at")
        )
    }
}
