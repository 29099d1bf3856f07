package import Foundation
package import Kernel
import Postgres

struct ListRuns: Codable, Sendable {
    let id: Identifier<Script>
    let mode: RunMode?
    /// Whether a shadow run's decision differed from the live version's.
    let diverges: Bool?
    let outcome: RunOutcome?
    let cursor: Identifier<ScriptRun>?
    let limit: Bounded<1, 100>?
}

/// One run: what it was for, its result, its cost.
package struct RunView: Codable, Sendable {
    package let id: Identifier<ScriptRun>
    package let version: Int
    package let hook: RunnerHook
    package let event: String
    package let eventId: Identifier<EventRecord>?
    /// The name of its subject; null for an interval.
    package let label: String?
    package let outcome: RunOutcome
    package let reason: String?
    package let code: String?
    /// SHA-256 of the event as the script saw it.
    package let inputHash: String
    package let seed: Int
    package let ranAt: Date
    package let instructions: Int
    package let memoryPeak: Int
    package let durationMicroseconds: Int
    package let log: [String]
    package let effects: JSON
    /// What a `before` handler changed.
    package let amendments: JSON
    /// Whether its effects wait because the rule is paused.
    package let isHeld: Bool
    package let mode: RunMode
    /// Whether a shadow run's decision differed from the live version's; null for a live run.
    package let diverges: Bool?
    /// The live version's outcome, reason, amendments and effects, next to a shadow run; null if it has no handler.
    package let compared: JSON?
    /// What was asked, and how often; the answers are kept with the run.
    package let reads: JSON
    package let readFields: [String]
}

extension Rules {
    /// Newest first.
    func runs(_ input: ListRuns, by admin: TenantAdmin) async throws(Failure) -> CursorPage<RunView> {
        let scripts = try await store.query(as: admin, ScriptQueries.script(input.id, tenant: admin.tenant))
        guard !scripts.isEmpty else { throw .scriptNotFound }
        let limit = input.limit?.value ?? 20
        let rows = try await store.query(as: admin, RunQueries.list(input, limit: limit, hooks.subjectKinds, tenant: admin.tenant))
        let runs = try rows.decoded(RunView.init)
        return CursorPage(runs, limit: limit) { $0.id.description }
    }
}

extension RunView {
    init(_ row: Row) throws {
        let hash: Data = try row("input_hash")
        self.init(
            id: try row("id"),
            version: try row("number"),
            hook: try row("hook"),
            event: try row("event_name"),
            eventId: try row("event_id"),
            label: try row.label("entity"),
            outcome: try row("outcome"),
            reason: try row("reason"),
            code: try row("code"),
            inputHash: hash.hexadecimal,
            seed: try row("seed"),
            ranAt: try row("ran_at"),
            instructions: try row("instructions"),
            memoryPeak: try row("memory_peak"),
            durationMicroseconds: try row("duration_us"),
            log: try row("log"),
            effects: try row.json("effects"),
            amendments: try row.json("amendments"),
            isHeld: try row("is_held"),
            mode: try row("mode"),
            diverges: try row("diverges"),
            compared: try row.raw("compared").map { try JSON(parsing: $0) },
            reads: try row.json("reads"),
            readFields: try row("read_fields")
        )
    }
}
