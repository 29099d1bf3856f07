import Foundation
package import Kernel
package import Postgres

/// How a tenant treats employers who sign up on their own: an administrator approves their companies, they are in at once, or there are
/// none. It is kept in the tenant's settings under its own name.
package enum EmployerSignUp: String, Codable, CaseIterable, Sendable {
    case approval, open, closed

    package static let setting = "employerSignUp"

    /// Anything else in the settings counts as the careful answer.
    package init(_ row: Row?) throws {
        let name: String? = try row.flatMap { try $0("employer_sign_up") }
        self = name.flatMap(Self.init(rawValue:)) ?? .approval
    }

    package static func query(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT t.settings ->> 'employerSignUp' AS employer_sign_up FROM tenants t WHERE t.id = \(tenant)"
    }
}

extension Identity {
    package func employerSignUp(_ tx: TenantTransaction) async throws(Failure) -> EmployerSignUp {
        let row = try await tx.first(EmployerSignUp.query(tx.tenant))
        return try reading { try EmployerSignUp(row) }
    }
}
