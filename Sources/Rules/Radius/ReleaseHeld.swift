import Foundation
package import Kernel
import Postgres

struct ReleaseHeld: Codable, Sendable {
    let id: Identifier<Script>
    /// Left out: all that nobody has tried yet, up to a number; `untried` says how many are left.
    let runs: List<Identifier<ScriptRun>, 100>?
}

package struct ReleaseReport: Codable, Sendable {
    package struct Failed: Codable, Sendable {
        package let run: Identifier<ScriptRun>
        package let reason: String
    }

    package let released: Int
    package let failed: [Failed]
    /// Those that could not be done included.
    package let waiting: Int
    /// Of those, how many nobody has tried yet: another call goes on with them.
    package let untried: Int
}

extension Rules {
    private static let batch = 200

    /// Each run's effects in a transaction of their own, by the rule and after its event, in the order in which they were held.
    /// What the rule had to remember it has remembered since.
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

    /// False when somebody else has decided meanwhile.
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
