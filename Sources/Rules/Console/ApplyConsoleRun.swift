import Foundation
import Kernel
import Postgres

struct ApplyConsoleRun: Codable, Sendable {
    let id: Identifier<ConsoleRun>
}

extension Rules {
    /// The data that an older plan was based on may have changed too much.
    private static let planLife: TimeInterval = 3600

    /// Confirms a plan. It is applied by background work, tenant by tenant.
    func applyConsoleRun(_ input: ApplyConsoleRun, by admin: SystemAdmin) async throws(Failure) -> ConsoleRunView {
        try await door.transaction(by: admin, "Confirm a console script's plan", in: admin.tenant) { tx in
            guard let row = try await tx.asOperator(ConsoleQueries.lock(input.id)).first else { throw Failure.consoleRunNotFound }
            let status: ConsoleRunStatus = try row("status")
            guard status != .applying, status != .applied else { throw Failure.consoleRunApplied }
            let plannedAt: Date? = try row("planned_at")
            guard status == .planned, let plannedAt else { throw Failure.consoleRunNotPlanned }
            guard plannedAt.addingTimeInterval(Self.planLife) > tx.now else { throw Failure.consolePlanTooOld }
            try await tx.asOperator(ConsoleQueries.setStatus(.applying, of: input.id))
            try tx.enqueue(ApplyConsole(run: input.id, admin: ConsoleAdmin(admin)))
        }
        return try await consoleRun(input.id)
    }
}
