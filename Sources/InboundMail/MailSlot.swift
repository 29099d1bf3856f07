import Crypto
package import Foundation
package import Kernel
package import Outbox
import Postgres

/// Where mail is handed in. It looks only at the envelope and for the Message-ID: all else is a stranger's, and read behind the fence.
package struct MailSlot: Sendable {
    package enum Receipt: Equatable, Sendable {
        /// Stored, now or before.
        case taken
        /// No address of ours.
        case unknown
        case tooLarge
        /// Too many in this hour: the mail server keeps it and comes again.
        case busy
    }

    /// Bounces and calendars' answers are small; a bounce may hold all of what was sent.
    package static let largest = 10 << 20

    private let store: TenantStore
    private let mailboxes: Mailboxes

    package init(store: TenantStore, mailboxes: Mailboxes) {
        self.store = store
        self.mailboxes = mailboxes
    }

    /// `sender` is the envelope's; empty for bounces (RFC 5321, 4.5.5).
    package func take(_ content: Data, from sender: String, to recipient: String) async throws(Failure) -> Receipt {
        guard let mailbox = mailboxes.mailbox(recipient) else { return .unknown }
        guard content.count <= Self.largest else { return .tooLarge }
        let mail = Arrival(
            mailbox: mailbox,
            message: Data(SHA256.hash(data: messageID(content) ?? content)),
            sender: String(sender.lowercased().prefix(320)),
            content: content
        )
        return try await store.transaction(as: SystemActor(tenant: mailbox.tenant)) { tx in
            guard try await tx.first(InboundQueries.tenant(tx.tenant)) != nil else { return .unknown }
            guard try await tx.first(InboundQueries.known(mail, tx)) == nil else { return .taken }
            let id = Identifier<InboundMessage>()
            guard try await tx.execute(InboundQueries.insert(mail, id, tx)) == 1 else { return .busy }
            try tx.enqueue(HandleMail(mail: id))
            return .taken
        }
    }

    /// In the head of the mail; nothing else is taken from it here.
    private func messageID(_ content: Data) -> Data? {
        let head = content.prefix(64 << 10)
        let lines = String(decoding: head, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let name = "message-id:"
        let line = lines.prefix { !$0.isEmpty }.first { $0.prefix(name.count).lowercased() == name }
        return line.flatMap { line in
            let id = line.dropFirst(name.count).filter { !$0.isWhitespace }
            return id.isEmpty ? nil : Data(id.utf8)
        }
    }
}

/// Tag for rows of mail that came in.
package enum InboundMessage {}

struct Arrival: Sendable {
    let mailbox: Mailbox
    let message: Data
    let sender: String
    let content: Data
}
