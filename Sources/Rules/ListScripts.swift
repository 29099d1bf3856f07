import Kernel
import Postgres

struct ListScripts: Codable, Sendable {
    let kind: ScriptKind?
    let status: ScriptStatus?
    /// Part of the name.
    let search: Text<60>?
    let page: Bounded<1, 100_000>?
    let limit: Bounded<1, 100>?
}

extension Rules {
    func list(_ input: ListScripts, by admin: TenantAdmin) async throws(Failure) -> Page<ScriptSummary> {
        let request = PageRequest(page: input.page, limit: input.limit)
        let rows = try await store.query(as: admin, ScriptQueries.list(input, tenant: admin.tenant, request))
        do {
            let total: Int = try rows.first.map { try $0("total") } ?? 0
            var summaries = try rows.filter { try ($0("name") as String?) != nil }.map(ScriptSummary.init)
            let halts = try await halts(of: summaries.map(\.id), for: admin)
            for index in summaries.indices { summaries[index].halt = halts[summaries[index].id] }
            return Page(summaries, total: total, request: request)
        } catch {
            throw Failure(error)
        }
    }
}
