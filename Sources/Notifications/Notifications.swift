package import Kernel

/// What people are told inside the product: by rules, by colleagues, by capabilities. Nothing here is mail.
package struct Notifications: Capability {
    /// Which company a subject belongs to, when that is known: whoever is told about it by role is then of that company.
    package typealias CompanyOfSubject = @Sendable (EventSubject, TenantTransaction) async throws(Failure) -> Identifier<Company>?

    let store: TenantStore
    let company: CompanyOfSubject

    package init(store: TenantStore, company: @escaping CompanyOfSubject) {
        self.store = store
        self.company = company
    }

    package static var events: [any Event.Type] { [NotificationSent.self] }
}
