import Foundation
package import Kernel
import Postgres

/// The tenants that every installation has: `default` for callers who name none, and `system` for the people who run it.
extension Identity {
    package struct SystemAdministrator: Sendable {
        package let email: EmailAddress
        package let password: String

        package init(email: EmailAddress, password: String) {
            self.email = email
            self.password = password
        }
    }

    /// Creates what is missing and leaves what exists alone, the administrator's password included.
    package func bootstrap(_ administrator: SystemAdministrator?) async throws(Failure) {
        let now = store.clock.now()
        var account: NewUser?
        if let administrator {
            account = NewUser(
                email: administrator.email.value,
                passwordHash: try await hash(administrator.password),
                roles: [.systemAdmin],
                status: .active,
                isVerified: true
            )
        }
        let systemAdmin = account
        try await door.upkeep { transaction in
            _ = try await makeTenant("default", "Default", transaction, now: now)
            let system = try await makeTenant("system", "System", transaction, now: now)
            guard let systemAdmin else { return }
            transaction.queue(UserQueries.insertMissing(systemAdmin, tenant: system, now: now))
        }
    }

    private func makeTenant(_ code: String, _ name: String, _ transaction: Transaction, now: Date) async throws -> Identifier<Tenant> {
        transaction.queue(TenantQueries.insertMissing(code: code, name: name, now: now))
        transaction.queue(TenantQueries.nameAfterCode(code))
        guard let row = try await transaction.query(TenantQueries.withCode(code)).first else { throw Failure.notFound }
        return try row("id")
    }
}
