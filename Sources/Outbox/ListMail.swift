package import Foundation
package import Kernel
import Postgres

/// Tag for rows of the outbox.
package enum OutgoingMail {}

package enum MailState: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    /// Being tried for the first time.
    case waiting
    /// Failed so far, and tried again at `nextAttemptAt`.
    case failing
    case sent
    /// Failed for the last time.
    case dead
    /// It came back, or was kept back because earlier mail to the address had.
    case bounced
    /// Obsolete: its work is gone, because newer work replaced it.
    case dropped
}

struct ListMail: Codable, Sendable {
    let state: MailState?
    let search: Text<100>?
    let cursor: Identifier<OutgoingMail>?
    let limit: Bounded<1, 100>?
}

/// A mail as its tenant's administrators see it: everything but its text.
package struct MailView: Codable, Sendable {
    package let id: Identifier<OutgoingMail>
    package let recipients: [String]
    package let subject: String
    package let state: MailState
    package let attempts: Int
    package let error: String?
    package let createdAt: Date
    package let sentAt: Date?
    package let nextAttemptAt: Date?
}

extension Outbox {
    /// Newest first.
    func list(_ input: ListMail, by admin: TenantAdmin) async throws(Failure) -> CursorPage<MailView> {
        let limit = input.limit?.value ?? 50
        let rows = try await store.query(as: admin, OutboxQueries.list(input, limit: limit + 1, tenant: admin.tenant))
        return CursorPage(try rows.decoded(MailView.init), limit: limit) { $0.id.description }
    }
}
