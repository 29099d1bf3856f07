import Kernel
import Postgres

struct ListScripts: Codable, Sendable {
    let kind: ScriptKind?
    let status: ScriptStatus?
    /// Part of the name.
    let search: Text<60>?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

extension Rules {
    func list(_ input: ListScripts, by admin: TenantAdmin) async throws(Failure) -> Page<ScriptSummary> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(as: admin, try ScriptQueries.list(input, tenant: admin.tenant, request))
        let page = try Page(rows, request: request) { try ScriptSummary($0) }
        let halts = try await halts(of: page.items.map(\.id), for: admin)
        return page.map { summary in
            var summary = summary
            summary.halt = halts[summary.id]
            return summary
        }
    }
}
