package import Kernel
import Postgres

extension IdentityAuthenticator {
    /// A system admin working in another tenant without an account there: everything is done in their name, with the standing of the
    /// tenant's administrator. Each call is recorded before anything is done.
    package func enter(_ tenant: Identifier<Tenant>, as caller: Caller, _ purpose: String) async throws(Failure) -> Caller {
        guard let admin = SystemAdmin(caller) else { throw caller.refusal }
        let known = try await door.transaction(by: admin, purpose, on: tenant) { try await $0.query(TenantQueries.known(tenant)) }
        guard !known.isEmpty else { throw .validation("X-Tenure-Tenant", "Tenant not found.") }
        return Caller(
            tenant: tenant,
            actor: caller.actor,
            session: caller.session,
            roles: [.tenantAdmin],
            reach: .wholeTenant(Role.tenantAdmin.permissions),
            origin: caller.origin,
            tier: caller.tier
        )
    }
}
