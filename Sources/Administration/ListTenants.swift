import Foundation
import Kernel
import Postgres

package struct ListTenants: Codable, Sendable {
    let search: Text<100>?
    let status: TenantStatus?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?

    var request: PageRequest {
        get throws(Failure) { try PageRequest(page: page, limit: limit, cursor: cursor) }
    }
}

extension Administration {
    func listTenants(_ input: ListTenants, by admin: SystemAdmin) async throws(Failure) -> Page<TenantView> {
        try await door.transaction(by: admin, "List the tenants") { transaction in
            try Page(await transaction.query(try TenantQueries.list(input)), request: try input.request, TenantView.init)
        }
    }
}
