import Kernel

struct LimitScript: Codable, Sendable {
    let id: Identifier<Script>
    /// Null: ten times what the last replay predicted, or else the default.
    let effectsPerHour: Bounded<1, 1_000_000>?
}

extension Rules {
    func limit(_ input: LimitScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        let script = try await store.transaction(as: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            guard script.kind == .rule else { throw Failure.scriptIsLibrary }
            tx.queue(RadiusQueries.limit(input.effectsPerHour?.value, of: script.id, tx))
            try tx.append(ScriptLimited(script: ScriptFact(script), effectsPerHour: input.effectsPerHour?.value))
            return script
        }
        return try await view(script, for: admin)
    }
}
