package import Kernel

package struct MailRetried: Event {
    package static let name = "mail.retried"
    package static let summary = "A tenant admin queued a mail again that could not be sent."
    package static var sample: Self { MailRetried(mail: .placeholder, about: "You are invited to join Acme") }
    package let mail: Identifier<OutgoingMail>
    /// The mail's subject line.
    package let about: String
    package var subject: EventSubject { EventSubject("mail", mail) }
}
