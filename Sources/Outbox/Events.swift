package import Kernel

package struct MailBounced: Event {
    package static let name = "mail.bounced"
    package static let summary = "A mail came back, or its recipient was refused."
    package static var sample: Self {
        MailBounced(mail: .placeholder, about: "You are invited to join Acme", status: "5.1.1", isBlocked: true)
    }
    package let mail: Identifier<OutgoingMail>
    /// The mail's subject line.
    package let about: String
    /// The status code of RFC 3463.
    package let status: String
    /// Whether the address is now only sent what its reader asks for.
    package let isBlocked: Bool
    package var subject: EventSubject { EventSubject("mail", mail) }
}

package struct MailRetried: Event {
    package static let name = "mail.retried"
    package static let summary = "A tenant admin queued a mail again that could not be sent."
    package static var sample: Self { MailRetried(mail: .placeholder, about: "You are invited to join Acme") }
    package let mail: Identifier<OutgoingMail>
    /// The mail's subject line.
    package let about: String
    package var subject: EventSubject { EventSubject("mail", mail) }
}
