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
        let page = try Page(rows, request: request) { try ScriptSummary($0) }
        let halts = try await halts(of: page.items.map(\.id), for: admin)
        return page.map { summary in
            var summary = summary
            summary.halt = halts[summary.id]
            return summary
        }
    }
}
