import Foundation
import Kernel
import Mail
import Postgres

enum OutboxQueries {
    static func begin(_ message: MailMessage, work: Identifier<WorkRecord>?, tenant: Identifier<Tenant>, now: Date) -> SQL {
        """
        INSERT INTO mails AS m (tenant_id, id, message, work_id, recipients, subject, attempts, created_at)
        VALUES (
            \(tenant), \(Identifier<OutgoingMail>()), \(message.id), \(work), \(message.to.map(\.address))::text[], \(message.subject), 1, \(now)
        )
        ON CONFLICT ON CONSTRAINT mails_message_key DO UPDATE
        SET work_id = EXCLUDED.work_id, attempts = m.attempts + CASE WHEN m.sent_at IS NULL AND m.bounced_at IS NULL THEN 1 ELSE 0 END,
            error = CASE WHEN m.bounced_at IS NOT NULL THEN m.error END
        RETURNING m.id, m.sent_at IS NOT NULL OR m.bounced_at IS NOT NULL AS is_over, EXISTS (
            SELECT
            FROM mail_bounces b
            WHERE b.tenant_id = m.tenant_id AND b.blocked_at IS NOT NULL AND b.address IN (SELECT lower(r) FROM unnest(m.recipients) r)
        ) AS is_blocked
        """
    }

    static func fail(_ message: MailMessage, _ error: String, tenant: Identifier<Tenant>) -> SQL {
        "UPDATE mails SET error = \(error) WHERE tenant_id = \(tenant) AND message = \(message.id)"
    }

    static func keepBack(_ message: MailMessage, tenant: Identifier<Tenant>, now: Date) -> SQL {
        """
        UPDATE mails
        SET bounced_at = \(now), error = 'Not sent: earlier mail to this address came back.'
        WHERE tenant_id = \(tenant) AND message = \(message.id)
        """
    }

    static func finish(_ message: MailMessage, tenant: Identifier<Tenant>, now: Date) -> SQL {
        "UPDATE mails SET sent_at = \(now) WHERE tenant_id = \(tenant) AND message = \(message.id)"
    }

    /// A mail's state is that of the work that sends it: there is no second record that could say otherwise.
    static func list(_ input: ListMail, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        var filter: SQL = ""
        if let cursor = input.cursor { filter += "AND id < \(cursor) " }
        // Most are sent, which an index passes over; the state's own words say nothing to the planner.
        switch input.state {
        case .sent?: filter += "AND sent_at IS NOT NULL AND bounced_at IS NULL "
        case .bounced?: filter += "AND bounced_at IS NOT NULL "
        case let state?: filter += "AND sent_at IS NULL AND state = \(state) "
        case nil: break
        }
        if let search = input.search {
            filter += "AND strpos(lower(array_to_string(recipients, ' ') || ' ' || subject), lower(\(search))) > 0 "
        }
        return """
            SELECT id, recipients, subject, state, attempts, error, created_at, sent_at, next_attempt_at
            FROM (\(fragment: standing(tenant))) AS mail
            WHERE true \(fragment: filter)
            ORDER BY id DESC
            LIMIT \(limit)
            """
    }

    private static func standing(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT m.id, m.recipients, m.subject, m.attempts, m.bounced_at, COALESCE(m.error, w.last_error) AS error, m.created_at, m.sent_at,
               CASE WHEN w.state = 'waiting' AND m.sent_at IS NULL THEN w.run_at END AS next_attempt_at,
               CASE
                   WHEN m.bounced_at IS NOT NULL THEN 'bounced'
                   WHEN m.sent_at IS NOT NULL THEN 'sent'
                   WHEN w.state = 'dead' THEN 'dead'
                   WHEN w.id IS NULL THEN 'dropped'
                   WHEN m.error IS NOT NULL THEN 'failing'
                   ELSE 'waiting'
               END AS state
        FROM mails m
        LEFT JOIN work w ON w.tenant_id = m.tenant_id AND w.id = m.work_id
        WHERE m.tenant_id = \(tenant)
        """
    }

    static func mail(_ id: Identifier<OutgoingMail>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id, recipients, subject, state, attempts, error, created_at, sent_at, next_attempt_at
        FROM (\(fragment: standing(tenant))) AS mail
        WHERE id = \(id)
        """
    }

    /// Puts the work that sends a mail at the front of the queue; a dead item starts anew, unless another has replaced it.
    static func retry(_ id: Identifier<OutgoingMail>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE work w
        SET state = 'waiting', run_at = \(tx.now), attempts = CASE WHEN w.state = 'dead' THEN 0 ELSE w.attempts END,
            losses = CASE WHEN w.state = 'dead' THEN 0 ELSE w.losses END
        FROM mails m
        WHERE m.tenant_id = \(tx.tenant) AND m.id = \(id) AND m.sent_at IS NULL
            AND w.tenant_id = m.tenant_id AND w.id = m.work_id AND w.state IN ('dead', 'waiting')
            AND NOT EXISTS (
                SELECT FROM work o
                WHERE o.tenant_id = w.tenant_id AND o.name = w.name AND o.unique_key = w.unique_key AND o.state = 'waiting' AND o.id <> w.id
            )
        RETURNING w.id
        """
    }
}

extension MailView {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            recipients: try row("recipients"),
            subject: try row("subject"),
            state: try row("state"),
            attempts: try row("attempts"),
            error: try row("error"),
            createdAt: try row("created_at"),
            sentAt: try row("sent_at"),
            nextAttemptAt: try row("next_attempt_at")
        )
    }
}
