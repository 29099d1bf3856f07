package import Foundation
package import Kernel
import Postgres

struct ListStore: Codable, Sendable {
    let prefix: StoreKey?
    /// The last key that the reader has.
    let cursor: StoreKey?
    let limit: Bounded<1, 100>?
}

/// A value in the store of the tenant's rules.
package struct StoreEntry: Codable, Sendable {
    package let key: String
    package let value: JSON
    package let updatedAt: Date
}

extension Rules {
    func listStore(_ input: ListStore, by admin: TenantAdmin) async throws(Failure) -> CursorPage<StoreEntry> {
        let limit = input.limit?.value ?? 50
        let rows = try await store.query(as: admin, StoreQueries.page(input, limit: limit, tenant: admin.tenant))
        let entries = try rows.decoded(StoreEntry.init)
        return CursorPage(entries, limit: limit) { $0.key }
    }
}
