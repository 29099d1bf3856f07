import Identity
import Kernel
import Postgres

package struct CreateTenant: Codable, Sendable {
    let code: TenantCode
    let name: Text<200>
    let plan: TenantPlan?
    let host: HostName?
    let adminEmail: EmailAddress
    let adminFirstName: Text<100>?
    let adminLastName: Text<100>?
}

extension Administration {
    /// Creates the tenant, its names, and an invitation to its first administrator: all or nothing.
    func createTenant(_ input: CreateTenant, by admin: SystemAdmin) async throws(Failure) -> TenantView {
        let id = Identifier<Tenant>()
        return try await door.transaction(by: admin, "Create a tenant", in: id) { tx in
            guard let row = try await tx.asOperator(TenantQueries.insert(input, id: id, now: tx.now)).first else {
                throw Failure.tenantNotFound
            }
            let tenant = try TenantView(row)
            for name in [input.code.value, input.host?.value].compactMap(\.self) {
                try await tx.asOperator(TenantQueries.addName(name, id))
            }
            let invited = try await identity.invite(
                input.adminEmail,
                firstName: input.adminFirstName?.value,
                lastName: input.adminLastName?.value,
                as: .tenantAdmin,
                to: tenant.name,
                in: tx
            )
            try tx.append(TenantCreated(tenant: TenantFact(tenant), administrator: invited.user.id))
            // Callers who used the name before were told that there is no such tenant, and that answer is cached.
            identity.standingChanged(id, in: tx)
            return tenant
        }
    }
}
