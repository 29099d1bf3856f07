import Kernel

struct DisableScript: Codable, Sendable {
    let id: Identifier<Script>
    let reason: Text<500>?
}

extension Rules {
    /// Stops running a script; publishing or rolling back starts it again.
    func disable(_ input: DisableScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await script(input.id, in: tx)
            guard script.status == .live else { throw Failure.scriptNotLive }
            try await tx.execute(ScriptQueries.setStatus(.disabled, version: script.liveVersion, of: script.id, tx))
            try await tx.append(
                ScriptDisabled(
                    script: ScriptFact(script, status: .disabled, version: script.liveVersion),
                    reason: input.reason?.value
                )
            )
            return script.id
        }
    }
}
