import Foundation
import Kernel
import Postgres

/// The queue as the lanes see it: items are claimed under a lease, kept while they are worked on, and settled once.
struct WorkQueue: Sendable {
    enum Outcome: Sendable {
        case done
        case failed(String)
        /// It had to be stopped, which counts against the item more than a failure does.
        case overran(String)
        /// Failed for the last time.
        case dead(String)
        /// Not our fault: the server is stopping.
        case interrupted
    }

    /// How many items of each tenant are running in a lane already, and how many may at most.
    struct Share: Sendable {
        var busy: [Identifier<Tenant>: Int] = [:]
        var most = Int(Int32.max)
    }

    let door: OperatorDoor
    let timings: WorkTimings

    func claim(_ names: [String], limit: Int, share: Share = Share(), suspects: Int = 1) async throws -> [WorkItem] {
        let now = door.clock.now()
        let until = now.addingTimeInterval(timings.lease.seconds)
        let statement = WorkSQL.claim(names, limit: limit, share, suspects: suspects, lease: UUID(), now: now, until: until)
        return try await door.upkeep(statement).map { try WorkItem($0) }
    }

    func settle(_ item: WorkItem, _ outcome: Outcome) async throws(Failure) {
        do {
            _ = try await door.upkeep(statement(item, outcome))
        } catch {
            // An item with the same unique key came to wait between the statement's read and its write: the second read sees it.
            guard let cause = error.cause as? PostgresError, cause.isUniqueViolation else { throw error }
            _ = try await door.upkeep(statement(item, outcome))
        }
    }

    private func statement(_ item: WorkItem, _ outcome: Outcome) -> SQL {
        let now = door.clock.now()
        switch outcome {
        case .done: return WorkSQL.finish(item)
        case .failed(let error):
            let time = now.addingTimeInterval(timings.pause(afterAttempt: item.attempt).seconds)
            return WorkSQL.putBack(item, at: time, attempts: item.attempt, losses: item.losses, error: error)
        case .overran(let error):
            let time = now.addingTimeInterval(timings.pause(afterAttempt: item.attempt).seconds)
            return WorkSQL.putBack(item, at: time, attempts: item.attempt, losses: item.losses + 1, error: error)
        case .dead(let error): return WorkSQL.bury(item, error: error)
        case .interrupted: return WorkSQL.putBack(item, at: now, attempts: item.attempt - 1, losses: item.losses, error: nil)
        }
    }
}
