package import Kernel

package struct NotificationSent: Event {
    package static let name = "notification.sent"
    package static let summary = "People were notified inside the product, all with the same text."
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
    /// What it is about; the product links there.
    package let about: EventSubject?
    package let users: [Identifier<User>]
    /// In the history of what it is about, or of its first reader if it is about nothing.
    package var subject: EventSubject { about ?? EventSubject("user", users.first ?? .placeholder) }
}
