package import Foundation
package import Kernel
import Postgres

/// Runs tenants' Lua when something happens, and lets a tenant's administrators write, try, publish and watch it. It only knows
/// declarations: events, proposals, and operations with a Lua name.
package struct Rules: Capability {
    let store: TenantStore
    let door: OperatorDoor
    let gate: RuleGate
    let desk = ReplayDesk()
    /// Where files for download are kept.
    let exports: String
    let outcomes: OutcomesOfStatuses
    let post: AlarmPost

    /// How far each status of a tenant takes its subject.
    package typealias OutcomesOfStatuses = @Sendable (SystemActor) async throws(Failure) -> [String: StatusOutcome]

    package init(
        store: TenantStore,
        door: OperatorDoor,
        gate: RuleGate,
        exports: String,
        outcomes: @escaping OutcomesOfStatuses,
        post: AlarmPost
    ) {
        self.store = store
        self.door = door
        self.gate = gate
        self.exports = exports
        self.outcomes = outcomes
        self.post = post
    }

    package var work: [WorkHandler] {
        [
            WorkHandler(react), WorkHandler(tick), WorkHandler(runShadows), WorkHandler(tellAdmins), WorkHandler(replay),
            WorkHandler(planConsole), WorkHandler(applyConsole),
        ]
    }

    package static var events: [any Event.Type] {
        [
            ScriptCreated.self, ScriptPublished.self, ScriptRolledBack.self, ScriptDisabled.self, ScriptRenamed.self, ScriptDeleted.self,
            StoreChanged.self, ScriptLimited.self,
            ScriptPaused.self, ScriptResumed.self, EffectsReleased.self, EffectsDiscarded.self, ScriptShadowed.self, ScriptShadowEnded.self,
            ConsoleApplied.self,
        ]
    }

    package static var constraints: [String: Failure] {
        [
            "scripts_name_key": .scriptNameTaken,
            "script_runs_once": .alreadyRan,
            "script_replays_one_at_a_time": .replayRunning,
            "script_store_value_size": .storeValueTooLarge,
        ]
    }

    /// The rules behind the versions that acted, for showing who did something.
    package static func names(ofVersions ids: [UUID], in tx: TenantTransaction) async throws(Failure) -> [UUID: String] {
        let rows = try await tx.query(ScriptQueries.names(ofVersions: ids, tenant: tx.tenant))
        let pairs: [(UUID, String)] = try rows.decoded { (try $0("id"), try $0("name")) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// Everything that rules can react to.
    var hooks: HookCatalogue { gate.learned?.hooks ?? .nothing }

    func luaOperations(for audience: APIOperation.LuaName.Audience = .everyone) throws(Failure) -> LuaOperations {
        guard let learned = gate.learned else { throw .unavailable }
        return audience == .console ? learned.consoleOperations : learned.operations
    }
}
