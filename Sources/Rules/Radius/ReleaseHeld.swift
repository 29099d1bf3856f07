import Foundation
package import Kernel
import Postgres

struct ReleaseHeld: Codable, Sendable {
    let id: Identifier<Script>
    /// If left out: all that have not been tried yet, up to a limit; `untried` says how many are left.
    let runs: List<Identifier<ScriptRun>, 100>?
}

package struct ReleaseReport: Codable, Sendable {
    package struct Failed: Codable, Sendable {
        package let run: Identifier<ScriptRun>
        package let reason: String
    }

    package let released: Int
    package let failed: [Failed]
    /// Including those that failed.
    package let waiting: Int
    /// How many of those have not been tried yet: another call continues with them.
    package let untried: Int
}

extension Rules {
    private static let batch = 200

    /// Applies each run's effects in a transaction of its own, as the rule and with its event as the cause, in the order in which they were
    /// held. Writes to the store were applied at the time.
    func release(_ input: ReleaseHeld, by admin: TenantAdmin) async throws(Failure) -> ReleaseReport {
        let chosen = input.runs?.elements.map(\.uuid)
        let scripts = try await store.query(as: admin, ScriptQueries.script(input.id, tenant: admin.tenant))
        guard let script = try scripts.decoded(Script.init).first else { throw .scriptNotFound }
        let waiting = HeldQueries.waiting(input.id, among: chosen, limit: Self.batch, tenant: admin.tenant)
        let runs: [Identifier<ScriptRun>] = try await store.query(as: admin, waiting).decoded { try $0("run_id") }
        var released = 0
        var failed: [ReleaseReport.Failed] = []
        for run in runs {
            do throws(Failure) {
                if try await release(run, of: script, by: admin) { released += 1 }
            } catch {
                if error.isOurs { throw error }
                _ = try await store.query(as: admin, HeldQueries.fail(run, error.message, tenant: admin.tenant))
                failed.append(ReleaseReport.Failed(run: run, reason: error.message))
            }
        }
        let left: [(Int, Int)] = try await store.query(as: admin, HeldQueries.countWaiting(input.id, tenant: admin.tenant)).decoded {
            (try $0("waiting"), try $0("untried"))
        }
        return ReleaseReport(released: released, failed: failed, waiting: left.first?.0 ?? 0, untried: left.first?.1 ?? 0)
    }

    /// False if somebody else has decided meanwhile.
    private func release(_ run: Identifier<ScriptRun>, of script: Script, by admin: TenantAdmin) async throws(Failure) -> Bool {
        let operations = try luaOperations()
        return try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(HeldQueries.claim(run, tenant: tx.tenant)) else { return false }
            let caller = Caller.rule(try row("version_id"), in: tx.tenant, cause: try row("event_id"), depth: try row("depth"))
            let effects = EffectApplication(
                effects: try row.json("effects").elements.map(RunnerEffect.init).filter { !$0.isMemory },
                reads: [],
                grants: try row("grants"),
                operations: operations,
                caller: caller,
                transaction: tx
            )
            try await effects.apply()
            tx.queue(HeldQueries.finish(run, tx))
            try tx.append(EffectsReleased(script: ScriptFact(script), run: run))
            return true
        }
    }
}
