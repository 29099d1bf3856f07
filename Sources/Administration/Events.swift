package import Identity
package import Kernel

package struct TenantCreated: Event {
    package static let name = "tenant.created"
    package static let summary = "A system admin created this tenant."
    package static var sample: Self { TenantCreated(tenant: .sample, administrator: UserFact.sample.id) }
    package let tenant: TenantFact
    /// Who was invited to administer it.
    package let administrator: Identifier<User>
    package var subject: EventSubject { EventSubject("tenant", tenant.id) }
}

package struct TenantChanged: Event {
    package static let name = "tenant.changed"
    package static let summary =
        "A system admin changed, suspended or resumed this tenant, or an administrator changed its settings; `changed` names the fields."
    package static var sample: Self { TenantChanged(tenant: .sample, changed: ["plan"]) }
    package let tenant: TenantFact
    package let changed: [String]
    package var subject: EventSubject { EventSubject("tenant", tenant.id) }
}

package struct UserRolesChanged: Event {
    package static let name = "user.roles_changed"
    package static let summary = "A tenant admin changed somebody's roles."
    package static var sample: Self { UserRolesChanged(user: .sample, from: [.employer]) }
    package let user: UserFact
    package let from: [Role]
    package var subject: EventSubject { EventSubject("user", user.id) }
}

package struct UserReactivated: Event {
    package static let name = "user.reactivated"
    package static let summary = "A tenant admin reactivated an account."
    package static var sample: Self { UserReactivated(user: .sample) }
    package let user: UserFact
    package var subject: EventSubject { EventSubject("user", user.id) }
}

/// A tenant as events see it, without its settings, which may contain what only administrators should read.
package struct TenantFact: Codable, Sendable {
    package let id: Identifier<Tenant>
    package let code: String
    package let name: String
    package let plan: TenantPlan
    package let status: TenantStatus

    static let sample = TenantFact(id: .placeholder, code: "acme", name: "Acme", plan: .premium, status: .active)
}

extension TenantFact {
    init(_ tenant: TenantView) {
        self.init(id: tenant.id, code: tenant.code, name: tenant.name, plan: tenant.plan, status: tenant.status)
    }
}
