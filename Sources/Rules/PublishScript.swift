import Kernel
import Postgres

struct PublishScript: Codable, Sendable {
    let id: Identifier<Script>
    let ifMatch: ExpectedVersion?
    let comment: Text<500>?
}

extension Rules {
    /// The draft, with the current versions of its libraries, becomes the next version and runs from the next event on.
    func publish(_ input: PublishScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            try input.ifMatch?.check(script.revision)
            let comment = input.comment?.value
            let number = try await version(of: script, comment: comment, in: tx)
            tx.queue(ScriptQueries.setStatus(.live, version: number, of: script.id, tx))
            try tx.append(
                ScriptPublished(script: ScriptFact(script, status: .live, version: number), comment: comment)
            )
            return script.id
        }
    }

    /// The draft's version number: that of the shadow if it is the draft, else the next.
    func version(of script: Script, comment: String?, in tx: TenantTransaction) async throws -> Int {
        let draft = SourceDraft(script)
        let libraries = try await libraries(SystemActor(tx.caller.joining(tx)))
        let checked = try await check(draft, libraries: libraries, of: tx.tenant.description)
        guard checked.problems.isEmpty else { throw Failure.scriptHasErrors(checked.problems) }
        if let row = try await tx.first(ShadowQueries.matching(script.id, checked, tx)) { return try row("number") }
        let trial = try await requireTrial(of: draft, checked, in: tx)
        let statement = try ScriptQueries.insertVersion(Identifier(), of: script, checked, trial, comment: comment, tx)
        guard let row = try await tx.first(statement) else { throw Failure.scriptNotFound }
        return try row("number")
    }

    /// A change of what is live: one at a time per tenant, with the hooks updated and every process notified.
    func changing(
        by admin: TenantAdmin,
        _ body: @Sendable (TenantTransaction) async throws -> Identifier<Script>
    ) async throws(Failure) -> ScriptView {
        let script = try await store.transaction(as: admin) { tx in
            tx.queue(HookQueries.lock(tx.tenant))
            let id = try await body(tx)
            for statement in HookQueries.refresh(tx) { tx.queue(statement) }
            tx.afterCommit { [live = gate.live] in live.forget(admin.tenant) }
            return try await self.script(id, in: tx)
        }
        return try await view(script, for: admin)
    }
}
