package import Foundation
package import Kernel
package import Outbox
package import Postgres

/// An invited user has no password yet; a deactivated or deleted one can't sign in. Somebody sourced was added by a company, and has no account.
package enum UserStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case invited, active, deactivated, deleted, sourced
}

/// The tenant's administrators' decision on a company that somebody signed up. Members of one that isn't approved reach nobody.
package enum CompanyApproval: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case pending, approved, rejected
}

/// Somebody with an account, as they see themselves.
package struct UserView: Codable, Sendable {
    package struct Membership: Codable, Sendable {
        package let companyId: Identifier<Company>
        package let role: Role
        /// Until the company is approved, its members can do nothing in it.
        package let approval: CompanyApproval
    }

    package let id: Identifier<User>
    package let email: String
    /// Whether the code mailed to the address has been used.
    package let emailVerified: Bool
    /// Mail to the address came back, and nobody has confirmed it since.
    package let mailBounce: MailBounce?
    package let firstName: String?
    package let lastName: String?
    package let username: String?
    package let phone: String?
    package let locale: String?
    package let timeZone: String?
    package let settings: UserSettings
    package let roles: [Role]
    package let companies: [Membership]
    package let tier: Tier
    package let profilePictureUrl: String?
    package let createdAt: Date
    package let updatedAt: Date
    package let lastSignInAt: Date?
    /// When everything about the person will be erased, as they asked for; until then they can take it back.
    package let erasureAt: Date?
    /// What was used of the plan and what it allows, only in one's own profile; an absent limit means there is none.
    package var counters: [String: Int]?
    package var limits: [String: Int]?
}

package struct UserSettings: Codable, Sendable, Hashable {
    package enum Theme: String, Codable, CaseIterable, Sendable {
        case light, dark, system
    }

    package struct Notifications: Codable, Sendable, Hashable {
        package let email: Bool?
        package let inApp: Bool?
    }

    package let theme: Theme?
    package let notifications: Notifications?

    static let none = UserSettings(theme: nil, notifications: nil)

    /// Fields that are given replace the current ones.
    func updated(by patch: UserSettings) -> UserSettings {
        UserSettings(
            theme: patch.theme ?? theme,
            notifications: Notifications(
                email: patch.notifications?.email ?? notifications?.email,
                inApp: patch.notifications?.inApp ?? notifications?.inApp
            )
        )
    }
}

/// Somebody with an account, as others need them: in events, mails and lists.
package struct UserSummary: Codable, Sendable {
    package let id: Identifier<User>
    package let name: String
    package let email: String

    package init(id: Identifier<User>, name: String, email: String) {
        self.id = id
        self.name = name
        self.email = email
    }
}

/// The name to call somebody by. A colleague without one is called by the part of the address before the @; a candidate is not, because not
/// everybody may know their address.
func displayName(_ first: String?, _ last: String?, email: String, roles: [Role]) -> String {
    let name = [first, last].compactMap(\.self).joined(separator: " ")
    guard name.isEmpty else { return name }
    return roles.contains(.candidate) ? "Candidate" : String(email.prefix { $0 != "@" })
}

extension Identity {
    /// A user as others need them; nil for a deleted or unknown one.
    package func user(_ id: Identifier<User>, in transaction: TenantTransaction) async throws(Failure) -> UserSummary? {
        try await users([id], in: transaction)[id]
    }

    /// What `user` reads, for whoever reads more in the same round trip.
    package static func statement(for user: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        UserQueries.summaries([user], tenant: tenant)
    }

    package static func user(_ rows: Rows) throws(Failure) -> UserSummary? { try rows.decoded(UserSummary.init).first }

    /// Which of these work for a company or administer the tenant.
    package func colleagues(
        among ids: [Identifier<User>],
        in company: Identifier<Company>,
        _ transaction: TenantTransaction
    ) async throws(Failure) -> Set<Identifier<User>> {
        let rows = try await transaction.query(UserQueries.colleagues(ids, company, tenant: transaction.tenant))
        return Set(try rows.decoded { try $0("id") as Identifier<User> })
    }

    package func tenantAdmins(as actor: SystemActor) async throws(Failure) -> [UserSummary] {
        let rows = try await store.query(as: actor, UserQueries.tenantAdmins(actor.tenant))
        return try rows.decoded(UserSummary.init)
    }

    package func tenantAdmins(in tx: TenantTransaction) async throws(Failure) -> [Identifier<User>] {
        let rows = try await tx.query(UserQueries.tenantAdmins(tx.tenant))
        return try rows.decoded { try $0("id") }
    }

    package func users(
        _ ids: [Identifier<User>],
        in transaction: TenantTransaction
    ) async throws(Failure) -> [Identifier<User>: UserSummary] {
        let rows = try await transaction.query(UserQueries.summaries(ids, tenant: transaction.tenant))
        return try reading { Dictionary(try rows.map(UserSummary.init).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }) }
    }
}
