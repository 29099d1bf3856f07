package import Foundation
import Identity
package import Kernel
import Postgres

/// A role within a company.
package enum CompanyRole: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case recruiter, hiringManager, companyAdmin
}

/// The state of a membership: an invited member has not accepted yet.
package enum MemberStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case active, invited, deactivated
}

/// Somebody who works for a company.
package struct MemberView: Codable, Sendable {
    package let userId: Identifier<User>
    package let name: String
    package let email: String
    package let role: CompanyRole
    package let status: MemberStatus
    package let createdAt: Date
    package let updatedAt: Date
}

extension MemberView {
    init(_ row: Row) throws {
        let user = try UserSummary(row)
        self.init(
            userId: user.id,
            name: user.name,
            email: user.email,
            role: try row("role"),
            status: try row("status"),
            createdAt: try row("created_at"),
            updatedAt: try row("updated_at")
        )
    }
}

extension Companies {
    func member(_ user: Identifier<User>, of company: Identifier<Company>, _ tx: TenantTransaction) async throws(Failure) -> MemberView {
        let row = try await tx.first(MemberQueries.member(user, of: company, tenant: tx.tenant))
        guard let row else { throw .memberNotFound }
        return try reading { try MemberView(row) }
    }
}
