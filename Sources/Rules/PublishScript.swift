import Kernel
import Postgres

struct PublishScript: Codable, Sendable {
    let id: Identifier<Script>
    let ifMatch: ExpectedVersion?
    let comment: Text<500>?
}

extension Rules {
    /// The draft, with the libraries it needs as they are now, becomes the next version and runs from the next event on.
    func publish(_ input: PublishScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await script(input.id, in: tx)
            try input.ifMatch?.check(script.revision)
            let checked = try await check(SourceDraft(script), libraries: try await libraries(SystemActor(tx.caller.joining(tx))))
            guard checked.problems.isEmpty else { throw Failure.scriptHasErrors(checked.problems) }
            let statement = try ScriptQueries.insertVersion(Identifier(), of: script, checked, comment: input.comment?.value, tx)
            let number: Int? = try await tx.first(statement)?("number")
            try await tx.execute(ScriptQueries.setStatus(.live, version: number, of: script.id, tx))
            try await tx.append(
                ScriptPublished(script: ScriptFact(script, status: .live, version: number), comment: input.comment?.value)
            )
            return script.id
        }
    }

    /// A change of what is live: one after the other in a tenant, with the hooks brought in line, and told to every process.
    func changing(
        by admin: TenantAdmin,
        _ body: @Sendable (TenantTransaction) async throws -> Identifier<Script>
    ) async throws(Failure) -> ScriptView {
        let script = try await store.transaction(as: admin) { tx in
            _ = try await tx.query(HookQueries.lock(tx.tenant))
            let id = try await body(tx)
            for statement in HookQueries.refresh(tx) { _ = try await tx.query(statement) }
            return try await self.script(id, in: tx)
        }
        gate.live.forget(admin.tenant)
        return try await view(script, for: admin)
    }
}
