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
