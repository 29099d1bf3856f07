import Kernel
import Logging
import Metrics

/// One attempt at one piece: performs it while keeping its lease, then records how it ended.
struct PieceRun: Sendable {
    private struct LeaseLost: Error {}

    private static let longestError = 2000

    let piece: Piece
    let handler: WorkHandler
    let queue: WorkQueue
    let logger: Logger

    func run() async {
        let started = ContinuousClock.now
        do {
            let outcome = try await attempt()
            record(outcome, took: .now - started)
            // Unstructured, so that a worker told to stop can still say what became of its piece.
            try await Task { try await queue.settle(piece, outcome) }.value
        } catch is LeaseLost {
            log(.warning, "a piece of work was lost to another worker")
        } catch {
            log(.warning, "how a piece of work ended could not be recorded; it will be done again", error)
        }
    }

    private func attempt() async throws(LeaseLost) -> WorkQueue.Outcome {
        guard piece.attempt <= handler.attempts else {
            return .dead("Its worker ended in the middle of each of \(handler.attempts) attempts.")
        }
        do {
            try await performKeepingLease()
            return .done
        } catch let error as LeaseLost {
            throw error
        } catch {
            guard !Task.isCancelled else { return .interrupted }
            let isLast = piece.attempt == handler.attempts
            log(isLast ? .error : .warning, isLast ? "work failed for the last time" : "work failed", error)
            let text = String(String(describing: error).prefix(Self.longestError))
            return isLast ? .dead(text) : .failed(text)
        }
    }

    private func performKeepingLease() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await handler.perform(piece.payload, piece.actor) }
            group.addTask { try await keepLease() }
            // The handler's end, or the loss of the lease: the other one is told to stop.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Returns never but by throwing. A database that is away for a moment loses nothing as long as the lease itself has not run out.
    private func keepLease() async throws {
        var renewed = ContinuousClock.now
        while true {
            try await Task.sleep(for: queue.timings.lease / 3)
            do {
                guard try await queue.renew(piece) else { throw LeaseLost() }
                renewed = .now
            } catch let failure as Failure {
                guard .now - renewed < queue.timings.lease else { throw LeaseLost() }
                log(.info, "a lease could not be renewed", failure)
            }
        }
    }

    private func record(_ outcome: WorkQueue.Outcome, took: Duration) {
        let label =
            switch outcome {
            case .done: "done"
            case .failed: "failed"
            case .dead: "dead"
            case .interrupted: "interrupted"
            }
        Counter(label: "tenure_work_total", dimensions: [("name", piece.name), ("outcome", label)]).increment()
        Metrics.Timer(label: "tenure_work_duration_seconds", dimensions: [("name", piece.name)]).recordSeconds(took.seconds)
    }

    private func log(_ level: Logger.Level, _ message: Logger.Message, _ error: (any Error)? = nil) {
        var metadata: Logger.Metadata = [
            "work": "\(piece.name)", "id": "\(piece.id)", "tenant": "\(piece.tenant)", "attempt": "\(piece.attempt)",
        ]
        if let error { metadata["error"] = "\(error)" }
        logger.log(level: level, message, metadata: metadata)
    }
}
