package import Foundation
package import Identity
package import Kernel
package import Outbox
import Postgres

package struct ListUsers: Codable, Sendable {
    let search: Text<100>?
    let role: UserRole?
    let status: UserStatus?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?

    var request: PageRequest {
        get throws(Failure) { try PageRequest(page: page, limit: limit, cursor: cursor) }
    }
}

/// The roles that somebody can have in the tenant as a whole.
package enum UserRole: String, Codable, CaseIterable, Sendable, SQLEncodable {
    case candidate, employer, tenantAdmin, systemAdmin
}

/// Somebody with an account, as an administrator sees them.
package struct UserAccount: Codable, Sendable {
    package let id: Identifier<User>
    package let email: String
    package let firstName: String?
    package let lastName: String?
    package let roles: [Role]
    package let status: UserStatus
    package let createdAt: Date
    package let lastSignInAt: Date?
    /// When a code mailed to the address was first used; until then a stranger may have made the account.
    package let emailVerifiedAt: Date?
    /// Mail to the address came back, and nobody has confirmed it since.
    package let mailBounce: MailBounce?
    /// The companies that they work for.
    package let companies: [Employment]

    package struct Employment: Codable, Sendable {
        package let id: Identifier<Company>
        package let name: String
        /// `recruiter`, `hiringManager` or `companyAdmin`.
        package let role: Role
    }

    init(_ row: Row) throws {
        id = try row("id")
        email = try row("email")
        firstName = try row("first_name")
        lastName = try row("last_name")
        roles = (try row("roles") as [String]).compactMap(Role.init(rawValue:))
        status = try row("status")
        createdAt = try row("created_at")
        lastSignInAt = try row("last_sign_in_at")
        emailVerifiedAt = try row("email_verified_at")
        companies = try row.raw("companies").map { try Wire.decode(from: Data($0)) } ?? []
        mailBounce = try row.jsonIfPresent("mail_bounce")
    }
}

extension Administration {
    func listUsers(_ input: ListUsers, by admin: TenantAdmin) async throws(Failure) -> Page<UserAccount> {
        let rows = try await store.query(as: admin, try AccountQueries.list(input, tenant: admin.tenant))
        return try Page(rows, request: try input.request, UserAccount.init)
    }
}
