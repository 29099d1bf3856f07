package import Foundation
package import Kernel
import Mail
package import Postgres

/// That mail to an address came back.
package struct MailBounce: Codable, Sendable {
    /// The last mail's status code of RFC 3463, such as `5.1.1` for an unknown mailbox.
    package let status: String
    /// The mail server's own words.
    package let reason: String?
    package let lastAt: Date
    /// Whether only mail that its reader asks for is still sent, such as a new password's link: the address is unknown, or three mails came
    /// back.
    package let isBlocked: Bool
}

/// A mail server's word that a mail didn't arrive and won't.
package struct DeliveryFailure: Sendable {
    /// Whom the mail server names, who may be somebody the mail was forwarded to.
    package let recipient: String?
    package let status: String
    package let reason: String?

    /// Nil for a delay, and for what may succeed later.
    package init?(recipient: String?, status: String, reason: String?) {
        guard status.wholeMatch(of: /5\.\d{1,3}\.\d{1,3}/) != nil else { return nil }
        self.recipient = recipient
        self.status = status
        self.reason = reason
    }

    /// Nil unless the server refused the recipient; it may also have refused what the mail says, or us.
    init?(_ error: MailError) {
        guard error.kind == .permanent else { return nil }
        let given = error.text.firstMatch(of: /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})\b/).map { String($0.1) }
        // RFC 5321, 4.2.3: no mailbox of this name, not local, name not allowed.
        guard given.map({ $0.hasPrefix("5.1.") || $0.hasPrefix("5.2.") }) ?? [550, 551, 553].contains(error.reply) else { return nil }
        self.init(recipient: nil, status: given ?? "5.0.0", reason: error.text)
    }

    /// No mail to the address will ever arrive (RFC 3463, 3.2 and 3.3): no such mailbox, host or form of address, moved away, disabled.
    var isFinal: Bool { ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"].contains(status) }
}

extension Outbox {
    /// Once for each mail, however many reports of it come. False if it is none of ours, or came back before.
    package func bounced(
        _ mail: Identifier<OutgoingMail>,
        _ failure: DeliveryFailure,
        as actor: SystemActor
    ) async throws(Failure) -> Bool {
        try await store.transaction(as: actor) { tx in
            guard let row = try await tx.first(BounceQueries.note(failure, of: mail, tx)) else { return false }
            try tx.append(
                MailBounced(mail: mail, about: try row("subject"), status: failure.status, isBlocked: try row("is_blocked"))
            )
            return true
        }
    }

    /// What is known of an address, as JSON in a column of a statement about accounts.
    package static func bounce(of email: SQL, tenant: StaticString) -> SQL {
        """
        (
            SELECT jsonb_build_object(
                'status', b.status, 'reason', b.reason, 'lastAt', to_char(b.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'isBlocked', b.blocked_at IS NOT NULL
            )::text
            FROM mail_bounces b
            WHERE b.tenant_id = \(raw: tenant) AND b.address = lower(\(fragment: email))
        )
        """
    }

    /// Somebody has just used what was mailed to this account's address.
    package static func proven(addressOf user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        DELETE FROM mail_bounces b
        USING users u
        WHERE b.tenant_id = \(tx.tenant) AND u.tenant_id = \(tx.tenant) AND u.id = \(user) AND b.address = lower(u.email)
        """
    }
}

private enum BounceQueries {
    /// Three mails in a row with no more than 30 days between them say as much as an unknown mailbox.
    static func note(_ failure: DeliveryFailure, of mail: Identifier<OutgoingMail>, _ tx: TenantTransaction) -> SQL {
        """
        WITH bounced AS (
            UPDATE mails
            SET bounced_at = \(tx.now), error = \(failure.reason ?? failure.status)
            WHERE tenant_id = \(tx.tenant) AND id = \(mail) AND bounced_at IS NULL
                AND (cardinality(recipients) = 1 OR lower(\(failure.recipient)::text) IN (SELECT lower(r) FROM unnest(recipients) r))
            RETURNING subject, CASE WHEN cardinality(recipients) = 1 THEN lower(recipients[1]) ELSE lower(\(failure.recipient)::text) END AS address
        ), noted AS (
            INSERT INTO mail_bounces AS b (tenant_id, address, status, reason, mails, last_at, blocked_at)
            SELECT \(tx.tenant), address, \(failure.status), \(failure.reason), 1, \(tx.now)::timestamptz,
                CASE WHEN \(failure.isFinal) THEN \(tx.now)::timestamptz END
            FROM bounced
            ON CONFLICT (tenant_id, address) DO UPDATE
            SET status = EXCLUDED.status, reason = EXCLUDED.reason, last_at = EXCLUDED.last_at,
                mails = CASE WHEN b.last_at > \(tx.now - 30 * 86_400) THEN b.mails + 1 ELSE 1 END,
                blocked_at = coalesce(
                    b.blocked_at, EXCLUDED.blocked_at, CASE WHEN b.last_at > \(tx.now - 30 * 86_400) AND b.mails >= 2 THEN EXCLUDED.last_at END
                )
            RETURNING blocked_at IS NOT NULL AS is_blocked
        )
        SELECT subject, is_blocked
        FROM bounced, noted
        """
    }
}
