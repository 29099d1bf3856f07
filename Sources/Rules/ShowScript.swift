import Kernel
import Postgres

struct ShowScript: Codable, Sendable {
    let id: Identifier<Script>
}

extension Rules {
    func show(_ input: ShowScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        let rows = try await store.query(as: admin, ScriptQueries.script(input.id, tenant: admin.tenant))
        guard let script = try rows.decoded(Script.init).first else { throw .scriptNotFound }
        return try await view(script, for: admin)
    }

    /// With its versions, and with its draft's current problems: a library may have been added or removed since it was saved.
    func view(_ script: Script, for admin: TenantAdmin) async throws(Failure) -> ScriptView {
        let rows = try await store.query(as: admin, ScriptQueries.versions(of: script.id, tenant: admin.tenant))
        let draft = SourceDraft(script)
        let checked = try await check(draft, by: admin)
        let trials = try await store.query(as: admin, TrialQueries.trial(of: draft.digest(checked.modules), tenant: admin.tenant))
        var view = ScriptView(
            script,
            versions: try rows.decoded(ScriptVersion.init),
            problems: checked.problems,
            trial: try trials.decoded(Trial.init).first
        )
        view.halt = try await halts(of: [script.id], for: admin)[script.id]
        guard script.kind == .rule else { return view }
        let radius = RadiusQueries.view(script.id, at: store.clock.now(), tenant: admin.tenant)
        view.radius = try await store.query(as: admin, radius).decoded(RadiusView.init).first
        view.shadow = try await store.query(as: admin, ShadowQueries.view(script.id, tenant: admin.tenant)).decoded(ShadowView.init).first
        return view
    }

    /// The script under lock.
    func script(_ id: Identifier<Script>, in tx: TenantTransaction) async throws(Failure) -> Script {
        let rows = try await tx.query(ScriptQueries.script(id, tenant: tx.tenant, locked: true))
        guard let script = try rows.decoded(Script.init).first else { throw .scriptNotFound }
        return script
    }

    /// The script under lock, unless it was deleted.
    func changeable(_ id: Identifier<Script>, in tx: TenantTransaction) async throws(Failure) -> Script {
        let script = try await script(id, in: tx)
        guard script.status != .deleted else { throw .scriptDeleted }
        return script
    }
}

extension SourceDraft {
    init(_ script: Script) {
        self.init(name: script.name, kind: script.kind, source: script.draft, grants: script.draftGrants)
    }
}
