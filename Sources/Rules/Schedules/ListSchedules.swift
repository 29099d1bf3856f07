package import Foundation
package import Kernel
import Postgres

struct ListSchedules: Codable, Sendable {
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

/// An `every` handler of a live rule: when it runs next, and its last result.
package struct ScheduleView: Codable, Sendable {
    package struct LastRun: Codable, Sendable {
        package let id: Identifier<ScriptRun>
        package let outcome: RunOutcome
        package let ranAt: Date
    }

    package let scriptId: Identifier<Script>
    package let scriptName: String
    /// As written in the rule: "1d".
    package let interval: String
    package let everySeconds: Int
    package let nextRunAt: Date
    package let lastRun: LastRun?
}

extension Rules {
    func listSchedules(_ input: ListSchedules, by admin: TenantAdmin) async throws(Failure) -> Page<ScheduleView> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(as: admin, try ScheduleQueries.list(tenant: admin.tenant, request))
        return try Page(rows, request: request, ScheduleView.init)
    }
}
