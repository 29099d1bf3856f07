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
    func listAudit(_ input: ListAudit, by admin: TenantAdmin) async throws(Failure) -> CursorPage<LoggedEvent> {
        let limit = input.limit?.value ?? 50
        return try await store.transaction(as: admin) { tx in
            let rows = try await tx.query(EventQueries.audit(input, limit: limit, tenant: tx.tenant))
            let schemas = capabilities.payloads
            let events = try await named(rows.prefix(limit).map { try LoggedEvent($0, schemas: schemas) }, in: tx)
            return CursorPage(events, nextCursor: rows.count > limit ? events.last?.id.description : nil)
        }
    }

    /// Adds the names of the rules that acted.
    func named(_ events: [LoggedEvent], in tx: TenantTransaction) async throws(Failure) -> [LoggedEvent] {
        let versions = Set(events.filter { $0.actor.kind == "rule" }.compactMap(\.actor.id))
        guard !versions.isEmpty else { return events }
        let names = try await ruleNames(Array(versions), tx)
        return events.map { event in
            var event = event
            if event.actor.kind == "rule", let id = event.actor.id { event.actor.name = names[id] }
            return event
        }
    }
}
