package import Identity
package import Kernel
package import Outbox

/// Tells people things, on behalf of rules, colleagues and capabilities: inside the product, and by mail if they want that.
package struct Notifications: Capability {
    /// The company that a subject belongs to, if it is known: people told about it by role are then of that company.
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
