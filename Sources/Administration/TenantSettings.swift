package import Identity
import Kernel
import Postgres

/// What a tenant's administrators decide for it.
package struct TenantSettings: Codable, Sendable {
    /// `approval`: companies of employers who signed themselves up wait for an administrator. `open`: they are in at once. `closed`: nobody can.
    package let employerSignUp: EmployerSignUp
}

struct ChangeSettings: Codable, Sendable {
    let employerSignUp: EmployerSignUp
}

extension Administration {
    func showSettings(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> TenantSettings {
        let row = try await store.query(as: admin, EmployerSignUp.query(admin.tenant)).first
        return try reading { TenantSettings(employerSignUp: try EmployerSignUp(row)) }
    }

    /// Companies that wait or were refused stay as they are.
    func changeSettings(_ input: ChangeSettings, by admin: TenantAdmin) async throws(Failure) -> TenantSettings {
        try await store.transaction(as: admin) { tx in
            let change = TenantQueries.set(EmployerSignUp.setting, to: input.employerSignUp.rawValue, tx)
            if let row = try await tx.first(change) {
                try tx.append(TenantChanged(tenant: TenantFact(try TenantView(row)), changed: ["settings"]))
            }
            return TenantSettings(employerSignUp: input.employerSignUp)
        }
    }
}
