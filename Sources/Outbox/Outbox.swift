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
    /// Nil if no mail comes in.
    package let mailboxes: Mailboxes?

    package init(store: TenantStore, transport: any MailTransport, sender: MailAddress, mailboxes: Mailboxes? = nil) {
        self.store = store
        self.transport = transport
        self.sender = sender
        self.mailboxes = mailboxes
    }

    package static var events: [any Event.Type] { [MailBounced.self, MailRetried.self] }

    /// Sent mail is forgotten after 90 days, and so is that an address failed for a time.
    package var upkeep: [Upkeep] {
        [
            .expired("mails", from: "mails", by: "created_at", after: 90 * 86_400),
            .expired(
                "mail bounces",
                from: "mail_bounces",
                key: "tenant_id, address",
                by: "last_at",
                after: 90 * 86_400,
                where: "old.blocked_at IS NULL"
            ),
        ]
    }

    /// Called by background work, which repeats it until the message has been sent. One that was already sent, by its id, isn't sent again.
    /// Nothing goes to an address whose mail came back for good, unless its reader has asked for this very mail.
    package func send(_ message: MailMessage, isAskedFor: Bool = false, as actor: SystemActor) async throws {
        let rows = try await store.query(as: actor, OutboxQueries.begin(message, work: actor.caller.work, tenant: actor.tenant, now: now))
        guard let row = rows.first, try !row("is_over") else { return }
        if !isAskedFor, try row("is_blocked") {
            _ = try await store.query(as: actor, OutboxQueries.keepBack(message, tenant: actor.tenant, now: now))
            return
        }
        let mail: Identifier<OutgoingMail> = try row("id")
        var envelope = message
        envelope.returnPath = try mailboxes?.address(of: Mailbox(.bounce, mail.uuid, of: actor.tenant))
        do {
            try await transport.send(envelope)
        } catch {
            if let failure = DeliveryFailure(error), message.to.count == 1 {
                _ = try await bounced(mail, failure, as: actor)
                return
            }
            _ = try await store.query(as: actor, OutboxQueries.fail(message, error.text, tenant: actor.tenant))
            throw error
        }
        _ = try await store.query(as: actor, OutboxQueries.finish(message, tenant: actor.tenant, now: now))
    }

    private var now: Date { store.clock.now() }
}
