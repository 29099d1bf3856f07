import Identity
import Kernel
import Postgres

package struct ShowTenant: Codable, Sendable {
    let id: Identifier<Tenant>
}

extension Administration {
    func showTenant(_ input: ShowTenant, by admin: SystemAdmin) async throws(Failure) -> TenantView {
        try await door.transaction(by: admin, "Show a tenant", on: input.id) { transaction in
            guard let row = try await transaction.query(TenantQueries.one(input.id)).first else { throw Failure.tenantNotFound }
            var tenant = try TenantView(row)
            let counts = try await transaction.query(TenantQueries.usage(input.id, tables: capabilities.countedTables))
            tenant.usage = try Dictionary(counts.map { (try $0("name"), try $0("rows")) }, uniquingKeysWith: { first, _ in first })
            let days = try await transaction.query(TenantQueries.activity(input.id, until: door.clock.now()))
            tenant.activity = try days.map(TenantDay.init)
            return tenant
        }
    }
}
