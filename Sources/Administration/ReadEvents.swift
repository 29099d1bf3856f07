import Identity
import Kernel
import Postgres

package struct ReadEvents: Codable, Sendable {
    /// The last number that the reader has; 0 or absent to begin.
    let after: SequenceNumber?
    let limit: Bounded<1, 1000>?
}

/// Part of the log, without gaps. Nothing will ever be added before `next`.
package struct EventLog: Codable, Sendable {
    package let items: [LoggedEvent]
    /// What to send as `after` to read on.
    package let next: Int
}

extension Administration {
    func readEvents(_ input: ReadEvents, by admin: TenantAdmin) async throws(Failure) -> EventLog {
        let after = input.after?.value ?? 0
        return try await store.transaction(as: admin) { tx in
            let rows = try await tx.query(EventQueries.log(after: after, limit: input.limit?.value ?? 100, tenant: tx.tenant))
            let schemas = capabilities.payloads
            let events = try await named(rows.map { try LoggedEvent($0, schemas: schemas) }, in: tx)
            return EventLog(items: events, next: events.last?.sequence ?? after)
        }
    }
}
