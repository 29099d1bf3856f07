import Kernel

struct SaveDraft: Codable, Sendable {
    let id: Identifier<Script>
    let ifMatch: ExpectedVersion?
    let source: LuaSource
    /// The operations that it may use; null: all; left out: unchanged.
    let grants: Patch<List<Text<100>, 100>>
}

extension Rules {
    /// A draft with errors is saved all the same; the answer lists them.
    func save(_ input: SaveDraft, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try checkGrants(input.grants.value(or: nil)?.names)
        let script = try await store.transaction(as: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            try input.ifMatch?.check(script.revision)
            let grants = input.grants.value(or: script.draftGrants) { $0.names }
            tx.queue(ScriptQueries.saveDraft(script.id, source: input.source.text, grants: grants, tx))
            return try await self.script(script.id, in: tx)
        }
        return try await view(script, for: admin)
    }
}
