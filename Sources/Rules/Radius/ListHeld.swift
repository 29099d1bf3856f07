package import Foundation
package import Kernel
import Postgres

struct ListHeld: Codable, Sendable {
    let id: Identifier<Script>
    let state: HeldState?
    let cursor: Identifier<ScriptRun>?
    let limit: Bounded<1, 100>?
}

package enum HeldState: String, Codable, CaseIterable, Sendable {
    case waiting, released, discarded
}

/// A run whose effects waited for an administrator, or still do.
package struct HeldRun: Codable, Sendable {
    /// The run's id.
    package let id: Identifier<ScriptRun>
    package let event: String
    package let eventId: Identifier<EventRecord>?
    /// The name of its subject; null for an interval.
    package let label: String?
    package let heldAt: Date
    /// Without writes to the store, which did not wait.
    package let effects: JSON
    package let state: HeldState
    package let decidedBy: Identifier<User>?
    package let decidedAt: Date?
    /// Why it could not be released.
    package let problem: String?
}

extension Rules {
    /// Oldest first, as they will be applied.
    func held(_ input: ListHeld, by admin: TenantAdmin) async throws(Failure) -> CursorPage<HeldRun> {
        let scripts = try await store.query(as: admin, ScriptQueries.script(input.id, tenant: admin.tenant))
        guard !scripts.isEmpty else { throw .scriptNotFound }
        let limit = input.limit?.value ?? 20
        let rows = try await store.query(as: admin, HeldQueries.list(input, limit: limit, tenant: admin.tenant))
        let runs = try rows.decoded(HeldRun.init)
        return CursorPage(runs, limit: limit) { $0.id.description }
    }
}

extension HeldState: SQLEncodable, SQLDecodable {}

extension HeldRun {
    init(_ row: Row) throws {
        self.init(
            id: try row("run_id"),
            event: try row("event_name"),
            eventId: try row("event_id"),
            label: try row.label("entity"),
            heldAt: try row("held_at"),
            effects: .array(try row.json("effects").elements.filter { StoreEffect(rawValue: $0["operation"]?.string ?? "") == nil }),
            state: try row("state"),
            decidedBy: try row("decided_by"),
            decidedAt: try row("decided_at"),
            problem: try row("problem")
        )
    }
}
