import Foundation
import Kernel
import Postgres

package struct ListTenants: Codable, Sendable {
    let search: Text<100>?
    let status: TenantStatus?
    let page: Bounded<1, 100_000>?
    let limit: Bounded<1, 100>?

    var request: PageRequest { PageRequest(page: page, limit: limit) }
}

extension Administration {
    func listTenants(_ input: ListTenants, by admin: SystemAdmin) async throws(Failure) -> Page<TenantView> {
        try await door.transaction(by: admin, "List the tenants") { transaction in
            try Page(await transaction.query(TenantQueries.list(input)), request: input.request, TenantView.init)
        }
    }
}

extension Page {
    /// From rows that all carry the `total`, of which there is one without an `id` when the page is empty.
    init(_ rows: Rows, request: PageRequest, _ item: (Row) throws -> Item) throws {
        let total: Int = try rows.first.map { try $0("total") } ?? 0
        let items = try rows.filter { try ($0("id") as UUID?) != nil }.map(item)
        self.init(items, total: total, request: request)
    }
}
