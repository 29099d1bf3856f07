package import Foundation

/// One message to people, without its sender, which belongs to the transport. The Message-ID is derived from `id`, so a message that is
/// sent twice, as background work may do, is recognizably the same one.
package struct MailMessage: Codable, Equatable, Sendable {
    /// Identifies the message once and for all: the id of an event or a work item.
    package var id: String
    package var date: Date
    package var to: [MailAddress]
    package var replyTo: MailAddress?
    package var subject: String
    package var text: String
    package var html: String?
    /// A page for unsubscribing from mail of this kind (RFC 2369).
    package var unsubscribe: URL?
    package var calendar: CalendarInvite?
    package var attachments: [MailAttachment]
    /// The envelope's sender, to which bounces go; the sender's own address if nil.
    package var returnPath: MailAddress?

    package init(
        id: String,
        to: [MailAddress],
        subject: String,
        text: String,
        html: String? = nil,
        replyTo: MailAddress? = nil,
        unsubscribe: URL? = nil,
        calendar: CalendarInvite? = nil,
        attachments: [MailAttachment] = [],
        date: Date = Date()
    ) {
        self.id = id
        self.date = date
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.unsubscribe = unsubscribe
        self.calendar = calendar
        self.attachments = attachments
    }

    /// The `Message-ID` of this message when `sender` sends it, angle brackets included.
    package func messageID(from sender: MailAddress) -> String {
        let hex = Array("0123456789ABCDEF")
        var local = ""
        // "=" escapes, and is escaped itself, so two ids never give the same Message-ID.
        for byte in id.utf8 {
            if isAtomByte(byte) && byte != UInt8(ascii: "=") {
                local.append(Character(UnicodeScalar(byte)))
            } else {
                local += ["=", hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return "<\(local)@\(sender.domain)>"
    }
}
