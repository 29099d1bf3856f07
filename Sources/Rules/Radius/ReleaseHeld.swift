import Foundation
package import Kernel
import Postgres

struct ReleaseHeld: Codable, Sendable {
    let id: Identifier<Script>
    /// Left out: all that wait, up to a number; `waiting` says what is left.
    let runs: List<Identifier<ScriptRun>, 100>?
}

package struct ReleaseReport: Codable, Sendable {
    package struct Failed: Codable, Sendable {
        package let run: Identifier<ScriptRun>
        package let reason: String
    }

    package let released: Int
    package let failed: [Failed]
    package let waiting: Int
}

extension Rules {
    private static let batch = 200

    /// Each run's effects in a transaction of their own, by the rule and after its event, in the order in which they were held.
    func release(_ input: ReleaseHeld, by admin: TenantAdmin) async throws(Failure) -> ReleaseReport {
        let chosen = input.runs?.elements.map(\.uuid)
        let runs: [Identifier<ScriptRun>] = try await store.transaction(as: admin) { tx in
            _ = try await script(input.id, in: tx)
            let rows = try await tx.query(HeldQueries.waiting(input.id, among: chosen, limit: Self.batch, tenant: tx.tenant))
            return try rows.decoded { try $0("run_id") }
        }
        var released = 0
        var failed: [ReleaseReport.Failed] = []
        for run in runs {
            do throws(Failure) {
                if try await release(run, of: input.id, by: admin) { released += 1 }
            } catch {
                if error.isOurs { throw error }
                _ = try await store.query(as: admin, HeldQueries.fail(run, error.message, tenant: admin.tenant))
                failed.append(ReleaseReport.Failed(run: run, reason: error.message))
            }
        }
        let counts: [Int] = try await store.query(as: admin, HeldQueries.countWaiting(input.id, tenant: admin.tenant)).decoded {
            try $0("waiting")
        }
        return ReleaseReport(released: released, failed: failed, waiting: counts.first ?? 0)
    }

    /// False when somebody else has decided meanwhile.
    private func release(_ run: Identifier<ScriptRun>, of id: Identifier<Script>, by admin: TenantAdmin) async throws(Failure) -> Bool {
        let operations = try luaOperations()
        return try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(HeldQueries.claim(run, tenant: tx.tenant)) else { return false }
            let caller = Caller.rule(try row("version_id"), in: tx.tenant, cause: try row("event_id"), depth: try row("depth"))
            let answers = try row.raw("answers").map { try JSON(parsing: $0) }?.elements ?? []
            let effects = EffectApplication(
                effects: try row.json("effects").elements.map(RunnerEffect.init),
                reads: zip(try row.json("reads").elements, answers).map { .init(read: RunnerRead($0), answer: RunnerAnswer($1)) },
                grants: try row("grants"),
                operations: operations,
                caller: caller,
                transaction: tx
            )
            try await effects.apply()
            try await tx.execute(HeldQueries.finish(run, tx))
            let script = try await self.script(id, in: tx)
            try await tx.append(EffectsReleased(script: ScriptFact(script), run: run))
            return true
        }
    }
}
