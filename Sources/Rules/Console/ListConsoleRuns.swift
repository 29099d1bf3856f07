package import Foundation
package import Kernel
import Postgres

struct ListConsoleRuns: Codable, Sendable {
    let status: ConsoleRunStatus?
    let cursor: Identifier<ConsoleRun>?
    let limit: Bounded<1, 100>?
}

/// A line of the console's history.
package struct ConsoleRunSummary: Codable, Sendable {
    package let id: Identifier<ConsoleRun>
    package let status: ConsoleRunStatus
    /// The first 200 characters of its source.
    package let source: String
    package let comment: String?
    package let reason: String?
    package let tenants: Int
    /// Planned, in all tenants.
    package let effects: Int
    /// Of these, those that were done.
    package let done: Int
    /// Those of tenants whose part of the plan was refused.
    package let refused: Int
    package let requestedBy: ConsoleRequester
    package let createdAt: Date
    package let plannedAt: Date?
    package let appliedAt: Date?
}

extension Rules {
    /// Newest first; every system admin sees what the others did.
    func listConsoleRuns(_ input: ListConsoleRuns, by admin: SystemAdmin) async throws(Failure) -> CursorPage<ConsoleRunSummary> {
        let limit = input.limit?.value ?? 20
        let runs = try await door.upkeep(ConsoleQueries.list(input, limit: limit)).decoded(ConsoleRunSummary.init)
        return CursorPage(runs, limit: limit) { $0.id.description }
    }
}

extension ConsoleRunSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            status: try row("status"),
            source: try row("beginning"),
            comment: try row("comment"),
            reason: try row("reason"),
            tenants: try row("tenants"),
            effects: try row("effects"),
            done: try row("done"),
            refused: try row("refused"),
            requestedBy: try ConsoleRequester(row),
            createdAt: try row("created_at"),
            plannedAt: try row("planned_at"),
            appliedAt: try row("applied_at")
        )
    }
}
