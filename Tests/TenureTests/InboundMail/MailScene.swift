import Foundation
import InboundMail
import Kernel
import Mail
import Outbox
import Postgres
import Testing

@testable import tenure

/// Mail handed in as the mail server would.
struct MailScene {
    let tenant: TestTenant

    func hand(_ mail: String, to address: String, from sender: String = "") async throws -> MailSlot.Receipt {
        let mailboxes = try #require(try tenant.server.settings.mailboxes())
        let slot = MailSlot(store: tenant.server.composition.store, mailboxes: mailboxes)
        return try await slot.take(Data(mail.replacing("\n", with: "\r\n").utf8), from: sender, to: address)
    }

    /// Hands it in and waits until it has been read.
    func read(_ mail: String, to address: String, from sender: String = "") async throws -> String {
        let before = try await outcomes().count
        #expect(try await hand(mail, to: address, from: sender) == .taken)
        var seen: [String] = []
        try await eventually {
            seen = try await outcomes()
            return seen.count > before
        }
        return try #require(seen.last)
    }

    /// Of all mail that has been read, in the order in which it came.
    func outcomes() async throws -> [String] {
        try await tenant.server.inspector.query(
            "SELECT outcome FROM inbound_mails WHERE tenant_id = \(tenant.id) AND outcome IS NOT NULL ORDER BY id"
        )
        .map { try $0("outcome") }
    }
}

extension Letterbox.Mail {
    /// Where it would bounce to.
    var returnPath: String { text.firstMatch(of: /Return-Path: <([^>]+)>/).map { String($0.1) } ?? "" }

    /// Where calendars answer.
    var organizer: String { lines("ORGANIZER").first?.split(separator: "mailto:").last.map(String.init) ?? "" }
}

/// A mail server's report that a mail didn't arrive, as Postfix writes it (RFC 3464).
func report(_ status: String, action: String = "failed", for recipient: String, id: String = UUID().uuidString) -> String {
    """
    From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
    To: somebody@example.com
    Subject: Undelivered Mail Returned to Sender
    Message-ID: <\(id)@mx.example.net>
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
     boundary="ABC.123/mx.example.net"

    --ABC.123/mx.example.net
    Content-Description: Notification
    Content-Type: text/plain; charset=us-ascii

    I'm sorry to have to inform you that your message could not be delivered.

    --ABC.123/mx.example.net
    Content-Description: Delivery report
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.net
    Arrival-Date: Sun, 29 Nov 2026 08:00:00 +0000 (UTC)

    Final-Recipient: rfc822; \(recipient)
    Original-Recipient: rfc822;\(recipient)
    Action: \(action)
    Status: \(status)
    Remote-MTA: dns; mail.example.org
    Diagnostic-Code: smtp; 550 \(status) <\(recipient)>: Recipient
        address rejected

    --ABC.123/mx.example.net
    Content-Description: Undelivered Message Headers
    Content-Type: text/rfc822-headers

    Subject: What was sent

    --ABC.123/mx.example.net--
    """
}

/// How the calendars that people use answer an invitation.
enum CalendarClient: String, CaseIterable, Sendable {
    case google, outlook, apple

    struct Reply {
        var uid: String
        var sequence: Int
        var attendee: String
        var status = "ACCEPTED"
        var comment = "See you there, gladly"
        var start = InterviewScene.day(5)
        var stamp = Date()
        var method = "REPLY"
    }

    func mail(_ reply: Reply, organizer: String) -> String {
        """
        From: Somebody <\(self == .apple ? "noreply@email.example.com" : reply.attendee)>
        To: \(organizer)
        Subject: Accepted: Interview
        Message-ID: <\(UUID().uuidString)@mail.example.com>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_b"

        --=_b
        Content-Type: text/plain; charset="UTF-8"

        Somebody has answered this invitation.
        --=_b
        \(part(entry(reply, organizer: organizer), method: reply.method))
        --=_b--
        """
    }

    private func part(_ entry: String, method: String) -> String {
        let calendar = entry.replacing("\n", with: "\r\n")
        let encoded = Data(calendar.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return switch self {
        case .google: "Content-Type: text/calendar; charset=\"UTF-8\"; method=\(method)\nContent-Transfer-Encoding: 7bit\n\n\(entry)"
        case .outlook: "Content-Type: text/calendar; charset=\"utf-8\"; method=\(method)\nContent-Transfer-Encoding: base64\n\n\(encoded)"
        case .apple:
            "Content-Type: application/ics; name=\"iCal.ics\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n\(encoded)"
        }
    }

    private func entry(_ reply: Reply, organizer: String) -> String {
        let stamp = Self.compact(Timestamp.text(reply.stamp))
        let start = Self.compact(reply.start)
        return switch self {
        case .google:
            """
            BEGIN:VCALENDAR
            PRODID:-//Google Inc//Google Calendar 70.9054//EN
            VERSION:2.0
            CALSCALE:GREGORIAN
            METHOD:\(reply.method)
            BEGIN:VEVENT
            DTSTART:\(start)
            DTSTAMP:\(stamp)
            ORGANIZER;CN=Acme:mailto:\(organizer)
            UID:\(reply.uid)
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=\(reply.status);CN=
             Somebody;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="\(reply.comment)":mailto:\(reply.attendee)
            CREATED:20261101T000000Z
            SEQUENCE:\(reply.sequence)
            STATUS:CONFIRMED
            SUMMARY:Interview
            END:VEVENT
            END:VCALENDAR
            """
        case .outlook:
            """
            BEGIN:VCALENDAR
            METHOD:\(reply.method)
            PRODID:Microsoft Exchange Server 2010
            VERSION:2.0
            BEGIN:VTIMEZONE
            TZID:UTC
            BEGIN:STANDARD
            DTSTART:16010101T000000
            TZOFFSETFROM:+0000
            TZOFFSETTO:+0000
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            ATTENDEE;PARTSTAT=\(reply.status);CN=Somebody:MAILTO:\(reply.attendee.uppercased())
            COMMENT;LANGUAGE=en-US:\(reply.comment.replacing(",", with: "\\,"))\\n
            UID:\(reply.uid)
            SUMMARY;LANGUAGE=en-US:Accepted: Interview
            DTSTART;TZID=UTC:\(start.dropLast())
            CLASS:PUBLIC
            DTSTAMP:\(stamp)
            STATUS:CONFIRMED
            SEQUENCE:\(reply.sequence)
            X-MICROSOFT-CDO-APPT-SEQUENCE:\(reply.sequence)
            END:VEVENT
            END:VCALENDAR
            """
        case .apple:
            """
            BEGIN:VCALENDAR
            CALSCALE:GREGORIAN
            METHOD:\(reply.method)
            PRODID:-//Apple Inc.//macOS 14.5//EN
            VERSION:2.0
            BEGIN:VEVENT
            ATTENDEE;CN="Somebody";CUTYPE=INDIVIDUAL;PARTSTAT=\(reply.status):mailto:\(reply.attendee)
            COMMENT:\(reply.comment.replacing(",", with: "\\,"))
            DTSTAMP:\(stamp)
            DTSTART:\(start)
            ORGANIZER;CN="Acme":mailto:\(organizer)
            SEQUENCE:\(reply.sequence)
            SUMMARY:Interview
            UID:\(reply.uid)
            END:VEVENT
            END:VCALENDAR
            """
        }
    }

    /// `20270105T090000Z`.
    private static func compact(_ timestamp: String) -> String {
        timestamp.prefix(19).replacing("-", with: "").replacing(":", with: "") + "Z"
    }
}
