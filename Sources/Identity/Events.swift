package import Foundation
package import Kernel
package import Postgres

/// A user as events and rules see them.
package struct UserFact: Codable, Sendable {
    package let id: Identifier<User>
    package let email: String
    package let name: String
    package let roles: [Role]

    init(_ user: NewUser) {
        id = user.id
        email = user.email
        name = user.name
        roles = user.roles
    }

    package init(_ row: Row) throws {
        id = try row("id")
        let email: String = try row("email")
        self.email = email
        roles = try row.roles("roles")
        name = displayName(try row("first_name"), try row("last_name"), email: email, roles: roles)
    }

    private init(id: Identifier<User>) {
        self.id = id
        email = "ada@example.com"
        name = "Ada Lovelace"
        roles = [.candidate]
    }

    package static let sample = UserFact(
        id: Identifier(UUID(uuid: (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x21)))
    )
}

package struct UserRegistered: Event {
    package static let name = "user.registered"
    package static let summary = "Somebody created an account."
    package static var sample: Self { UserRegistered(user: .sample) }
    package let user: UserFact
    package var subject: EventSubject { EventSubject("user", user.id) }
}

package struct EmailVerified: Event {
    package static let name = "user.email_verified"
    package static let summary = "Somebody confirmed their e-mail address with the code from a mail."
    package static var sample: Self { EmailVerified(userId: UserFact.sample.id) }
    package let userId: Identifier<User>
    package var subject: EventSubject { EventSubject("user", userId) }
}

package struct EmailChanged: Event {
    package static let name = "user.email_changed"
    package static let summary = "Somebody's account has a new e-mail address, which they have confirmed."
    package static var sample: Self { EmailChanged(userId: UserFact.sample.id, from: "ada@example.com", to: "ada.lovelace@example.com") }
    package let userId: Identifier<User>
    package let from: String
    package let to: String
    package var subject: EventSubject { EventSubject("user", userId) }
}

package struct UserSignedIn: Event {
    package static let name = "user.signed_in"
    package static let summary = "Somebody signed in with their password."
    package static var sample: Self { UserSignedIn(userId: UserFact.sample.id, address: "203.0.113.7") }
    package let userId: Identifier<User>
    package let address: String
    package var subject: EventSubject { EventSubject("user", userId) }
}

package struct UserUpdated: Event {
    package static let name = "user.updated"
    package static let summary = "A profile changed; `changed` names the fields."
    package static var sample: Self { UserUpdated(user: .sample, changed: ["firstName"]) }
    package let user: UserFact
    package let changed: [String]
    package var subject: EventSubject { EventSubject("user", user.id) }
}

package struct UserDeactivated: Event {
    package static let name = "user.deactivated"
    package static let summary = "An account was closed: by its holder, who deleted it, or by an administrator."
    package static var sample: Self { UserDeactivated(user: .sample, isDeleted: false) }
    package let user: UserFact
    package let isDeleted: Bool

    package init(user: UserFact, isDeleted: Bool) {
        self.user = user
        self.isDeleted = isDeleted
    }

    package var subject: EventSubject { EventSubject("user", user.id) }
}

package struct PasswordReset: Event {
    package static let name = "user.password_reset"
    package static let summary = "Somebody set a new password with the token from a mail, which also accepts an invitation if they had one."
    package static var sample: Self { PasswordReset(userId: UserFact.sample.id, wasInvited: false) }
    package let userId: Identifier<User>
    package let wasInvited: Bool
    package var subject: EventSubject { EventSubject("user", userId) }
}

package struct InvitationAccepted: Event {
    package static let name = "member.joined"
    package static let summary = "Somebody accepted an invitation to a company and is a member of it from now on."
    package static var sample: Self { InvitationAccepted(companyId: .placeholder, userId: UserFact.sample.id, role: .recruiter) }
    package let companyId: Identifier<Company>
    package let userId: Identifier<User>
    package let role: Role
    package var subject: EventSubject { EventSubject("company", companyId) }
}

package struct APIKeyCreated: Event {
    package static let name = "api_key.created"
    package static let summary = "A tenant admin made an API key."
    package static var sample: Self {
        APIKeyCreated(keyId: .placeholder, name: "Rules in git", prefix: "tnk_Q2xhcml0", scopes: [.writeRules], expiresAt: nil)
    }
    package let keyId: Identifier<APIKey>
    package let name: String
    package let prefix: String
    package let scopes: [KeyScope]
    package let expiresAt: Date?
    package var subject: EventSubject { EventSubject("apiKey", keyId) }
}

package struct APIKeyRevoked: Event {
    package static let name = "api_key.revoked"
    package static let summary = "A tenant admin ended an API key."
    package static var sample: Self { APIKeyRevoked(keyId: .placeholder, name: "Rules in git", prefix: "tnk_Q2xhcml0") }
    package let keyId: Identifier<APIKey>
    package let name: String
    package let prefix: String
    package var subject: EventSubject { EventSubject("apiKey", keyId) }
}

package struct APIKeyRegenerated: Event {
    package static let name = "api_key.regenerated"
    package static let summary = "A tenant admin gave an API key a new secret; the former one has ended."
    package static var sample: Self {
        APIKeyRegenerated(keyId: .placeholder, prefix: "tnk_Q2xhcml0", name: "Rules in git", formerId: .placeholder)
    }
    package let keyId: Identifier<APIKey>
    package let prefix: String
    /// Absent in events from when a tenant had only one key.
    package let name: String?
    package let formerId: Identifier<APIKey>?
    package var subject: EventSubject { EventSubject("apiKey", keyId) }
}

/// Sent before somebody creates their own account.
package struct UserRegistering: ReplayableProposal {
    package static let name = "user.registering"
    package static let summary = "Somebody is about to create an account."
    package static let amendable: [String] = []
    package static var sample: Self { UserRegistering(user: .sample) }
    package let user: UserFact
    package var subject: EventSubject { EventSubject("user", user.id) }
}

extension UserRegistering {
    package init(before event: UserRegistered) {
        self.init(user: event.user)
    }
}
