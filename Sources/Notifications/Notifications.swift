package import Identity
package import Kernel
package import Outbox

/// What people are told, by rules, by colleagues, by capabilities: inside the product, and by mail where they want that.
package struct Notifications: Capability {
    /// Which company a subject belongs to, when that is known: whoever is told about it by role is then of that company.
    package typealias CompanyOfSubject = @Sendable (EventSubject, TenantTransaction) async throws(Failure) -> Identifier<Company>?

    let store: TenantStore
    let identity: Identity
    let outbox: Outbox
    let company: CompanyOfSubject

    package init(store: TenantStore, identity: Identity, outbox: Outbox, company: @escaping CompanyOfSubject) {
        self.store = store
        self.identity = identity
        self.outbox = outbox
        self.company = company
    }

    package static var events: [any Event.Type] { [NotificationSent.self] }

    package static var part: APIPart { .communication }
}
