import Kernel
import Postgres

struct RetryMail: Codable, Sendable {
    let id: Identifier<OutgoingMail>
}

extension Outbox {
    func retry(_ input: RetryMail, by admin: TenantAdmin) async throws(Failure) -> MailView {
        try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(OutboxQueries.mail(input.id, tenant: tx.tenant)) else { throw Failure.mailNotFound }
            guard try await tx.execute(OutboxQueries.retry(input.id, tx)) == 1 else { throw Failure.mailNotStuck }
            try tx.append(MailRetried(mail: input.id, about: try row("subject")))
            guard let retried = try await tx.first(OutboxQueries.mail(input.id, tenant: tx.tenant)) else { throw Failure.mailNotFound }
            return try MailView(retried)
        }
    }
}
