package import Foundation
package import Kernel
package import Postgres

/// Runs tenants' Lua at what happens, and lets a tenant's administrators write, try, publish and watch it.
/// It knows declarations only: events, proposals, and operations with a Lua name.
package struct Rules: Capability {
    let store: TenantStore
    let gate: RuleGate
    let hooks: HookCatalogue

    /// `events` and `proposals` are all that rules may wait for.
    package init(store: TenantStore, gate: RuleGate, events: [any Event.Type], proposals: [any Proposal.Type]) throws {
        self.store = store
        self.gate = gate
        hooks = try HookCatalogue(events: events, proposals: proposals)
    }

    package var work: [WorkHandler] { [WorkHandler(react), WorkHandler(tick)] }

    package static var events: [any Event.Type] {
        [ScriptCreated.self, ScriptPublished.self, ScriptRolledBack.self, ScriptDisabled.self, StoreChanged.self]
    }

    package static var constraints: [String: Failure] {
        [
            "scripts_name_key": .scriptNameTaken,
            "script_runs_once": .alreadyRan,
            "script_store_value_size": .storeValueTooLarge,
        ]
    }

    /// Receipts are kept for 90 days.
    package static func expiredReceipts(_ now: Date) -> SQL {
        "DELETE FROM script_runs WHERE ran_at < \(now.addingTimeInterval(-90 * 24 * 3600))"
    }

    /// The rules behind the versions that acted, for whoever shows who did something.
    package static func names(ofVersions ids: [UUID], in tx: TenantTransaction) async throws(Failure) -> [UUID: String] {
        let rows = try await tx.query(ScriptQueries.names(ofVersions: ids, tenant: tx.tenant))
        let pairs: [(UUID, String)] = try rows.decoded { (try $0("id"), try $0("name")) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    func luaOperations() throws(Failure) -> LuaOperations {
        guard let learned = gate.learned else { throw .unavailable }
        return learned.operations
    }
}
