import Foundation
package import Kernel
package import Mail
import Postgres

/// Sends a tenant's mail. It records to whom a message went, about what, and how that ended, so that people can see what is waiting and
/// what failed; never its text, because some contain a secret link.
package struct Outbox: Capability {
    let store: TenantStore
    private let transport: any MailTransport
    /// The mailbox that all mail comes from.
    package let sender: MailAddress

    package init(store: TenantStore, transport: any MailTransport, sender: MailAddress) {
        self.store = store
        self.transport = transport
        self.sender = sender
    }

    package static var events: [any Event.Type] { [MailRetried.self] }

    /// Sent mail is forgotten after 90 days.
    package var upkeep: [Upkeep] { [.expired("mails", from: "mails", by: "created_at", after: 90 * 86_400)] }

    /// Called by background work, which repeats it until the message has been sent. One that was already sent, by its id, isn't sent again.
    package func send(_ message: MailMessage, as actor: SystemActor) async throws {
        let rows = try await store.query(as: actor, OutboxQueries.begin(message, work: actor.caller.work, tenant: actor.tenant, now: now))
        guard let row = rows.first, try !row("is_sent") else { return }
        do {
            try await transport.send(message)
        } catch {
            _ = try await store.query(as: actor, OutboxQueries.fail(message, error.text, tenant: actor.tenant))
            throw error
        }
        _ = try await store.query(as: actor, OutboxQueries.finish(message, tenant: actor.tenant, now: now))
    }

    private var now: Date { store.clock.now() }
}
