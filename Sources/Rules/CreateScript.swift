import Kernel

struct CreateScript: Codable, Sendable {
    /// For a library, the name that rules `require`.
    let name: Text<60>
    let kind: ScriptKind
    let source: LuaSource?
    /// The operations that it may use; if left out: all.
    let grants: List<Text<100>, 100>?
}

extension Rules {
    func create(_ input: CreateScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try checkGrants(input.grants?.names)
        let script = try await store.transaction(as: admin) { tx in
            let id = Identifier<Script>()
            tx.queue(ScriptQueries.insert(id, input, tx))
            let script = try await self.script(id, in: tx)
            try tx.append(ScriptCreated(script: ScriptFact(script, status: .draft, version: nil)))
            return script
        }
        return try await view(script, for: admin)
    }

    func checkGrants(_ grants: [String]?) throws(Failure) {
        guard let grants else { return }
        let known = try luaOperations().grantable
        for grant in grants where !known.contains(grant) { throw .validation("grants", "There is no operation \"\(grant)\" to grant.") }
    }
}

extension List where Element == Text<100> {
    var names: [String] { elements.map(\.value) }
}
