import Kernel
import Postgres

struct RenameScript: Codable, Sendable {
    let id: Identifier<Script>
    let ifMatch: ExpectedVersion?
    /// For a library, the name that rules `require`.
    let name: Text<60>
}

extension Rules {
    /// A library keeps its name while the draft of another script requires it.
    func rename(_ input: RenameScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            try input.ifMatch?.check(script.revision)
            guard input.name.value != script.name else { return script.id }
            if script.kind == .library { try await requireUnused(script, in: tx) }
            tx.queue(ScriptQueries.rename(script.id, to: input.name.value, tx))
            let renamed = try await self.script(script.id, in: tx)
            try tx.append(ScriptRenamed(script: ScriptFact(renamed), former: script.name))
            return script.id
        }
    }

    private func requireUnused(_ library: Script, in tx: TenantTransaction) async throws(Failure) {
        let drafts: [(name: String, source: String)] = try await tx.query(ScriptQueries.drafts(besides: library.id, tx)).decoded {
            (try $0("name"), try $0("draft_source"))
        }
        let users = drafts.filter { draft in Self.requirements(of: draft.source).contains { $0.name == library.name } }
        guard users.isEmpty else { throw .libraryRequired(by: users.map(\.name)) }
    }
}
