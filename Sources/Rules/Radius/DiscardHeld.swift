import Kernel

struct DiscardHeld: Codable, Sendable {
    let id: Identifier<Script>
    /// If left out: all that wait.
    let runs: List<Identifier<ScriptRun>, 100>?
}

package struct DiscardReport: Codable, Sendable {
    package let discarded: Int
}

extension Rules {
    /// Effects that waited are never applied. The runs stay in the log.
    func discard(_ input: DiscardHeld, by admin: TenantAdmin) async throws(Failure) -> DiscardReport {
        try await store.transaction(as: admin) { tx in
            let script = try await script(input.id, in: tx)
            let count = try await tx.execute(HeldQueries.discard(script.id, input.runs?.elements.map(\.uuid), tx))
            if count > 0 { try tx.append(EffectsDiscarded(script: ScriptFact(script), runs: count)) }
            return DiscardReport(discarded: count)
        }
    }
}
