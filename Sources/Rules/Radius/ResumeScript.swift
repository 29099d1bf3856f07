import Kernel

struct ResumeScript: Codable, Sendable {
    let id: Identifier<Script>
}

extension Rules {
    /// The rule's new effects are applied again; those that wait keep waiting.
    func resume(_ input: ResumeScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        let script = try await store.transaction(as: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            guard try await tx.execute(RadiusQueries.resume(script.id, tx)) > 0 else { throw Failure.scriptNotPaused }
            try tx.append(ScriptResumed(script: ScriptFact(script)))
            return script
        }
        return try await view(script, for: admin)
    }
}
