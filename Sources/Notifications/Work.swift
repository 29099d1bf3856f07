import Foundation
import Identity
package import Kernel
import Letters
import Mail
import Outbox

/// Mails a notification to somebody who wants it. The mail's id is that of the work, so a repeated send is recognizable.
struct SendNotification: Work {
    static let name = "notifications.send"
    static let lane = Lane.mail

    let id: UUID
    let user: Identifier<User>
    let text: String
    let writtenAt: Date
    /// Whether their preferences want it; absent in work queued by older versions.
    let wasAskedFor: Bool?
}

extension Notifications {
    package var work: [WorkHandler] { [WorkHandler(send)] }

    func send(_ work: SendNotification, as system: SystemActor) async throws {
        let reader = try await store.transaction(as: system) { tx in try await identity.user(work.user, in: tx) }
        guard let reader else { return }
        let head = try await identity.letterhead(for: reader.id, as: system)
        let firstLine = work.text.split(whereSeparator: \.isNewline).first ?? ""
        try await outbox.send(
            MailMessage(
                id: "notification-\(work.id.uuidString.lowercased())",
                to: [try MailAddress(reader.email, name: reader.name)],
                Letter(
                    .quoted(firstLine.count > 100 ? "\(firstLine.prefix(99))…" : String(firstLine)),
                    [.paragraph(.quoted(work.text))] + (work.wasAskedFor == false ? [] : [.aside(.words("notification.why"))])
                ).written(on: head),
                date: work.writtenAt
            ),
            as: system
        )
    }
}
