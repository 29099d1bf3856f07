import Kernel

struct DisableScript: Codable, Sendable {
    let id: Identifier<Script>
    let reason: Text<500>?
}

extension Rules {
    /// Stops running a script, including its shadow; publishing or rolling back starts it again.
    func disable(_ input: DisableScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            guard script.status == .live else { throw Failure.scriptNotLive }
            tx.queue(ScriptQueries.setStatus(.disabled, version: script.liveVersion, of: script.id, tx))
            let fact = ScriptFact(script, status: .disabled, version: script.liveVersion)
            try tx.append(ScriptDisabled(script: fact, reason: input.reason?.value))
            if let version = script.shadowVersion {
                tx.queue(ShadowQueries.end(script.id, tx))
                try tx.append(ScriptShadowEnded(script: fact, version: version, reason: "The script was disabled."))
            }
            return script.id
        }
    }
}
