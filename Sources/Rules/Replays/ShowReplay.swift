import Kernel
import Postgres

struct ShowReplay: Codable, Sendable {
    let id: Identifier<Replay>
}

struct ListReplays: Codable, Sendable {
    let id: Identifier<Script>
    let cursor: Identifier<Replay>?
    let limit: Bounded<1, 100>?
}

extension Rules {
    func showReplay(_ input: ShowReplay, by admin: TenantAdmin) async throws(Failure) -> ReplayView {
        ReplayView(try await replay(input.id, for: admin))
    }

    /// Newest first.
    func replays(_ input: ListReplays, by admin: TenantAdmin) async throws(Failure) -> CursorPage<ReplayView> {
        let scripts = try await store.query(as: admin, ScriptQueries.script(input.id, tenant: admin.tenant))
        guard !scripts.isEmpty else { throw .scriptNotFound }
        let limit = input.limit?.value ?? 20
        let rows = try await store.query(as: admin, ReplayQueries.list(input, limit: limit, tenant: admin.tenant))
        return CursorPage(try rows.decoded(Replay.init).map { ReplayView($0) }, limit: limit) { $0.id.description }
    }

    func replay(_ id: Identifier<Replay>, for admin: TenantAdmin) async throws(Failure) -> Replay {
        let rows = try await store.query(as: admin, ReplayQueries.replay(id, tenant: admin.tenant))
        guard let replay = try rows.decoded(Replay.init).first else { throw .replayNotFound }
        return replay
    }
}
