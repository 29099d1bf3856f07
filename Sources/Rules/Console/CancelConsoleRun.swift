import Kernel
import Postgres

struct CancelConsoleRun: Codable, Sendable {
    let id: Identifier<ConsoleRun>
}

extension Rules {
    /// The worker that runs the script checks a few times a second whether it may go on.
    func cancelConsoleRun(_ input: CancelConsoleRun, by admin: SystemAdmin) async throws(Failure) -> ConsoleRunView {
        try await door.transaction(by: admin, "Cancel a console script") { transaction in
            guard let row = try await transaction.query(ConsoleQueries.lock(input.id)).first else { throw Failure.consoleRunNotFound }
            let status: ConsoleRunStatus = try row("status")
            guard [.queued, .running, .planned].contains(status) else { throw Failure.consoleRunOver }
            transaction.queue(ConsoleQueries.setStatus(.canceled, of: input.id))
        }
        return try await consoleRun(input.id)
    }
}
