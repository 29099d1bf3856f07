package import Applications
package import Documents
package import Kernel
package import Outbox

/// What comes back: bounces of mail that was sent, and calendars' answers to invitations. The operator's mail server hands each mail to
/// `tenure receive-mail`, which stores it; it is read later, behind the fence.
package struct InboundMail: Capability {
    let store: TenantStore
    let documents: DocumentReader
    let outbox: Outbox
    let applications: Applications

    package init(store: TenantStore, documents: DocumentReader, outbox: Outbox, applications: Applications) {
        self.store = store
        self.documents = documents
        self.outbox = outbox
        self.applications = applications
    }

    package var work: [WorkHandler] { [WorkHandler(handle)] }

    /// Repeats of a mail come within days; a mail server gives up after five.
    package var upkeep: [Upkeep] { [.expired("inbound mail", from: "inbound_mails", by: "received_at", after: 30 * 86_400)] }
}
