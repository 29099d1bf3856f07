import Kernel
import Logging
import Metrics

/// One attempt at one item: performs it on a thread of its own, then records how it ended.
struct WorkAttempt: Sendable {
    private static let longestError = 2000
    /// How many attempts may kill their worker, or run over their time-out, before the item is set aside.
    private static let mostLosses = 2

    let item: WorkItem
    let handler: WorkHandler
    let queue: WorkQueue
    let keeper: LeaseKeeper
    let logger: Logger

    /// True if the attempt did not end and its thread was abandoned; `onStrayEnd` is called if it ends after all.
    func run(onStrayEnd: @escaping @Sendable () -> Void) async -> Bool {
        let started = ContinuousClock.now
        let (outcome, isStray) = await attempt(onStrayEnd)
        guard let outcome else {
            log(.warning, "a work item was lost to another worker")
            return isStray
        }
        record(outcome, took: .now - started)
        do {
            // Unstructured, so that a worker told to stop can still record how its item ended.
            try await Task { try await queue.settle(item, outcome) }.value
        } catch {
            log(.warning, "the outcome of a work item could not be recorded; it will be done again", error)
        }
        return isStray
    }

    /// Without an outcome another worker has the item by now.
    private func attempt(_ onStrayEnd: @escaping @Sendable () -> Void) async -> (WorkQueue.Outcome?, isStray: Bool) {
        guard item.losses < Self.mostLosses else {
            let losses = "its worker ended in the middle of it, or it ran over its time-out, \(item.losses) times"
            return (.dead("It was set aside: \(losses)."), false)
        }
        guard item.attempt <= handler.attempts else {
            return (.dead("Its worker ended in the middle of the last of \(handler.attempts) attempts."), false)
        }
        let thread = WorkThread()
        let running = RunningItem(item, timeout: handler.timeout, grace: queue.timings.grace)
        keeper.take(running)
        let end = await running.run(on: thread, { try await handler.perform(item.payload, item.actor) }, onStrayEnd: onStrayEnd)
        keeper.leave(running)
        switch end {
        case .returned(let result):
            thread.retire()
            return (outcome(result, running.stopped), false)
        case .givenUp:
            thread.giveUp()
            log(.error, "a work item did not end when told to; its thread is abandoned")
            return (outcome(.failure(CancellationError()), running.stopped), true)
        }
    }

    private func outcome(_ result: Result<Void, any Error>, _ stopped: RunningItem.Stop?) -> WorkQueue.Outcome? {
        guard case .failure(let error) = result else { return .done }
        switch stopped {
        case .lost: return nil
        case .leaving: return .interrupted
        case .overran: return overrun
        case nil: break
        }
        let isLast = item.attempt == handler.attempts
        log(isLast ? .error : .warning, isLast ? "work failed for the last time" : "work failed", error)
        let text = String(String(describing: error).prefix(Self.longestError))
        return isLast ? .dead(text) : .failed(text)
    }

    private var overrun: WorkQueue.Outcome {
        let text = "It ran over its time-out of \(handler.timeout.seconds) s"
        log(.error, "work ran over its time-out")
        let losses = item.losses + 1
        if losses < Self.mostLosses, item.attempt < handler.attempts { return .overran("\(text).") }
        let reason = losses == 1 ? "that was its last attempt" : "\(losses) attempts had to be ended, or ended their worker"
        return .dead("\(text) and was set aside: \(reason).")
    }

    private func record(_ outcome: WorkQueue.Outcome, took: Duration) {
        let label =
            switch outcome {
            case .done: "done"
            case .failed: "failed"
            case .overran: "overran"
            case .dead: "dead"
            case .interrupted: "interrupted"
            }
        Counter(label: "tenure_work_total", dimensions: [("name", item.name), ("outcome", label)]).increment()
        Metrics.Timer(label: "tenure_work_duration_seconds", dimensions: [("name", item.name)]).recordSeconds(took.seconds)
    }

    private func log(_ level: Logger.Level, _ message: Logger.Message, _ error: (any Error)? = nil) {
        var metadata: Logger.Metadata = [
            "work": "\(item.name)", "id": "\(item.id)", "tenant": "\(item.tenant)", "attempt": "\(item.attempt)",
        ]
        if let error { metadata["error"] = "\(error)" }
        logger.log(level: level, message, metadata: metadata)
    }
}
