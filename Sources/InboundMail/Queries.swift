import Foundation
import Kernel
import Outbox
import Postgres

enum InboundQueries {
    /// In an hour: from everybody to a tenant, in number and size; from one sender; to one mailbox. Everybody's bounces have no sender.
    private static let mostOfTenant = 2000
    private static let mostBytes = 200 << 20
    private static let mostOfSender = 100
    private static let mostOfMailbox = 20

    static func tenant(_ tenant: Identifier<Tenant>) -> SQL { "SELECT FROM tenants WHERE id = \(tenant)" }

    static func known(_ mail: Arrival, _ tx: TenantTransaction) -> SQL {
        """
        SELECT
        FROM inbound_mails
        WHERE tenant_id = \(tx.tenant) AND mailbox = \(mail.mailbox.id) AND message = \(mail.message)
        """
    }

    /// No row if a limit is reached.
    static func insert(_ mail: Arrival, _ id: Identifier<InboundMessage>, _ tx: TenantTransaction) -> SQL {
        """
        WITH recent AS (
            SELECT count(*) AS mails, coalesce(sum(r.size), 0) AS bytes,
                count(*) FILTER (WHERE r.sender = \(mail.sender) AND r.sender <> '') AS from_sender,
                count(*) FILTER (WHERE r.mailbox = \(mail.mailbox.id)) AS to_mailbox
            FROM inbound_mails r
            WHERE r.tenant_id = \(tx.tenant) AND r.received_at > \(tx.now - 3600)
        )
        INSERT INTO inbound_mails (tenant_id, id, kind, mailbox, message, sender, content, size, received_at)
        SELECT \(tx.tenant), \(id), \(mail.mailbox.kind.rawValue), \(mail.mailbox.id), \(mail.message), \(mail.sender),
            \(mail.content), \(mail.content.count), \(tx.now)
        FROM recent
        WHERE mails < \(mostOfTenant) AND bytes < \(mostBytes) AND from_sender < \(mostOfSender) AND to_mailbox < \(mostOfMailbox)
        """
    }

    static func waiting(_ id: Identifier<InboundMessage>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT kind, mailbox, content
        FROM inbound_mails
        WHERE tenant_id = \(tenant) AND id = \(id) AND content IS NOT NULL
        """
    }

    /// The mail itself isn't kept.
    static func finish(
        _ id: Identifier<InboundMessage>,
        _ outcome: InboundOutcome,
        tenant: Identifier<Tenant>,
        now: Date
    ) -> SQL {
        """
        UPDATE inbound_mails
        SET content = NULL, outcome = \(outcome.rawValue), handled_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }
}
