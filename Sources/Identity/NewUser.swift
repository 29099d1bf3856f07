package import Foundation
package import Kernel
package import Postgres

/// An account about to be created. One without a password is invited and waits for its holder to choose one.
package struct NewUser: Sendable {
    package let id: Identifier<User>
    package let email: String
    package let passwordHash: String?
    package let firstName: String?
    package let lastName: String?
    package let username: String?
    package let roles: [Role]
    package let status: UserStatus
    /// Whether the address is known to be theirs, because whoever creates the account says so.
    package let isVerified: Bool

    package init(
        id: Identifier<User> = Identifier(),
        email: String,
        passwordHash: String?,
        firstName: String? = nil,
        lastName: String? = nil,
        username: String? = nil,
        roles: [Role],
        status: UserStatus,
        isVerified: Bool = false
    ) {
        self.id = id
        self.email = email
        self.passwordHash = passwordHash
        self.firstName = firstName
        self.lastName = lastName
        self.username = username
        self.roles = roles
        self.status = status
        self.isVerified = isVerified
    }

    package var name: String { displayName(firstName, lastName, email: email, roles: roles) }
}

extension Identity {
    /// The statement that creates an account, both for a tenant's and for the operator's transactions.
    package static func insertUser(_ user: NewUser, tenant: Identifier<Tenant>, now: Date) -> SQL {
        UserQueries.insert(user, tenant: tenant, now: now)
    }
}
