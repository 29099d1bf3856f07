import Kernel

struct RollBackScript: Codable, Sendable {
    let id: Identifier<Script>
    let version: Bounded<1, 1_000_000>
}

extension Rules {
    /// Makes an earlier version live again, exactly as it was published. The draft stays as it is.
    func rollBack(_ input: RollBackScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            let versions = try await tx.query(ScriptQueries.versions(of: script.id, tenant: tx.tenant)).decoded(ScriptVersion.init)
            let number = input.version.value
            guard versions.contains(where: { $0.number == number }) else { throw Failure.versionNotFound }
            tx.queue(ScriptQueries.setStatus(.live, version: number, of: script.id, tx))
            try tx.append(ScriptRolledBack(script: ScriptFact(script, status: .live, version: number), from: script.liveVersion))
            return script.id
        }
    }
}
