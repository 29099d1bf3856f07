package import Kernel

package struct NotificationSent: Event {
    package static let name = "notification.sent"
    package static let summary = "People were notified inside the product, all with the same words."
    package static var sample: Self {
        NotificationSent(
            kind: .message,
            text: "Ada Lovelace was fast-tracked",
            about: EventSubject("application", Identifier<Notification>.placeholder),
            users: [.placeholder]
        )
    }

    package let kind: NotificationKind
    package let text: String
    /// What it is about; a link in the product leads there.
    package let about: EventSubject?
    package let users: [Identifier<User>]
    /// In the history of what it is about; of its first reader where it is about nothing.
    package var subject: EventSubject { about ?? EventSubject("user", users.first ?? .placeholder) }
}
