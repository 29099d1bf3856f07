import Kernel

struct DeleteScript: Codable, Sendable {
    let id: Identifier<Script>
    let reason: Text<500>?
}

extension Rules {
    /// It stops at once and is listed no longer; its versions, runs and events stay. Effects that wait are discarded, and its name is free.
    /// Rules keep the library that they were published with.
    func delete(_ input: DeleteScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            let fact = ScriptFact(script, status: .deleted, version: script.liveVersion)
            tx.queue(ScriptQueries.setStatus(.deleted, version: script.liveVersion, of: script.id, tx))
            if let version = script.shadowVersion {
                tx.queue(ShadowQueries.end(script.id, tx))
                try tx.append(ScriptShadowEnded(script: fact, version: version, reason: "The script was deleted."))
            }
            let discarded = try await tx.execute(HeldQueries.discard(script.id, nil, tx))
            if discarded > 0 { try tx.append(EffectsDiscarded(script: fact, runs: discarded)) }
            try tx.append(ScriptDeleted(script: fact, reason: input.reason?.value))
            return script.id
        }
    }
}
