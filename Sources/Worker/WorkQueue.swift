import Foundation
import Kernel
import Postgres

/// The queue as the crew sees it: pieces are claimed under a lease, kept while they are worked on, and settled once.
struct WorkQueue: Sendable {
    enum Outcome: Sendable {
        case done
        case failed(String)
        /// Failed for the last time.
        case dead(String)
        /// Not our fault: the server is stopping.
        case interrupted
    }

    let door: OperatorDoor
    let timings: WorkTimings

    func claim(_ names: [String], limit: Int) async throws -> [Piece] {
        let now = door.clock.now()
        let until = now.addingTimeInterval(timings.lease.seconds)
        return try await door.upkeep(WorkSQL.claim(names, limit: limit, lease: UUID(), now: now, until: until)).map { try Piece($0) }
    }

    /// False when the lease is no longer ours.
    func renew(_ piece: Piece) async throws(Failure) -> Bool {
        let until = door.clock.now().addingTimeInterval(timings.lease.seconds)
        return try await door.upkeep(WorkSQL.renew(piece, until: until)).affectedRows == 1
    }

    func settle(_ piece: Piece, _ outcome: Outcome) async throws(Failure) {
        do {
            _ = try await door.upkeep(statement(piece, outcome))
        } catch {
            // A piece with the same unique key came to wait between the statement's look and its write: the second look sees it.
            guard let cause = error.cause as? PostgresError, cause.isUniqueViolation else { throw error }
            _ = try await door.upkeep(statement(piece, outcome))
        }
    }

    private func statement(_ piece: Piece, _ outcome: Outcome) -> SQL {
        let now = door.clock.now()
        switch outcome {
        case .done: return WorkSQL.finish(piece)
        case .failed(let error):
            let time = now.addingTimeInterval(timings.pause(afterAttempt: piece.attempt).seconds)
            return WorkSQL.putBack(piece, at: time, attempts: piece.attempt, error: error)
        case .dead(let error): return WorkSQL.bury(piece, error: error)
        case .interrupted: return WorkSQL.putBack(piece, at: now, attempts: piece.attempt - 1, error: nil)
        }
    }
}
