package import Foundation
package import Kernel
import Postgres

struct ShowConsoleRun: Codable, Sendable {
    let id: Identifier<ConsoleRun>
}

/// A console script, its output, and what it would do or did in each tenant.
package struct ConsoleRunView: Codable, Sendable {
    package let id: Identifier<ConsoleRun>
    package let status: ConsoleRunStatus
    package let source: String
    package let comment: String?
    package let tenants: [ConsoleTenantPlan]
    package let output: [String]
    package let tables: [ConsoleTable]
    package let reason: String?
    package let instructions: Int?
    package let memoryPeak: Int?
    package let durationMicroseconds: Int?
    package let requestedBy: ConsoleRequester
    package let createdAt: Date
    package let plannedAt: Date?
    package let appliedAt: Date?
}

/// A tenant's part of a plan.
package struct ConsoleTenantPlan: Codable, Sendable {
    package let id: Identifier<Tenant>
    package let code: String
    package let name: String
    package let status: ConsoleTenantStatus
    package let effects: [PlannedEffect]
    package let error: String?
}

/// The system admin who asked for a run.
package struct ConsoleRequester: Codable, Sendable {
    package let id: Identifier<User>
    package let email: String?

    init(_ row: Row) throws {
        id = try row("admin_id")
        email = try row("admin_email")
    }
}

extension Rules {
    func showConsoleRun(_ input: ShowConsoleRun, by admin: SystemAdmin) async throws(Failure) -> ConsoleRunView {
        try await consoleRun(input.id)
    }

    /// The admin's own history: it shows what was read from the tenants, which was recorded at the time.
    func consoleRun(_ id: Identifier<ConsoleRun>) async throws(Failure) -> ConsoleRunView {
        let operations = try luaOperations(for: .console)
        return try await door.upkeep { transaction in
            guard let row = try await transaction.query(ConsoleQueries.run(id)).first else { throw Failure.consoleRunNotFound }
            return try ConsoleRunView(row, tenants: await transaction.query(ConsoleQueries.tenants(id)), operations)
        }
    }
}

extension ConsoleRunView {
    fileprivate init(_ row: Row, tenants: Rows, _ operations: LuaOperations) throws {
        var tables: [JSON] = []
        if case .array(let kept) = try row.json("tables") { tables = kept }
        self.init(
            id: try row("id"),
            status: try row("status"),
            source: try row("source"),
            comment: try row("comment"),
            tenants: try tenants.map { try ConsoleTenantPlan($0, operations) },
            output: try row("output"),
            tables: tables.compactMap { ConsoleTable($0) },
            reason: try row("reason"),
            instructions: try row("instructions"),
            memoryPeak: try row("memory_peak"),
            durationMicroseconds: try row("duration_us"),
            requestedBy: try ConsoleRequester(row),
            createdAt: try row("created_at"),
            plannedAt: try row("planned_at"),
            appliedAt: try row("applied_at")
        )
    }
}

extension ConsoleTenantPlan {
    fileprivate init(_ row: Row, _ operations: LuaOperations) throws {
        self.init(
            id: try row("id"),
            code: try row("code"),
            name: try row("name"),
            status: try row("outcome"),
            effects: try ConsolePlan.effects(row).map { PlannedEffect($0, operations) },
            error: try row("error")
        )
    }
}
