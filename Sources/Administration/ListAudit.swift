import Foundation
import Identity
import Kernel
import Postgres

package struct ListAudit: Codable, Sendable {
    let name: Text<100>?
    let actor: UUID?
    let subject: UUID?
    let from: Date?
    /// Events before this time.
    let to: Date?
    let cursor: Identifier<EventRecord>?
    let limit: Bounded<1, 100>?
}

extension Administration {
    func listAudit(_ input: ListAudit, by admin: TenantAdmin) async throws(Failure) -> Stretch<LoggedEvent> {
        let limit = input.limit?.value ?? 50
        let rows = try await store.query(as: admin, EventQueries.audit(input, limit: limit, tenant: admin.tenant))
        let events = try reading { try rows.prefix(limit).map { try LoggedEvent($0, schemas: schemas) } }
        return Stretch(events, nextCursor: rows.count > limit ? events.last?.id.description : nil)
    }
}
