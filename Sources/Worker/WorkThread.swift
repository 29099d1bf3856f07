import Postgres

/// The thread that runs one attempt at one item, and nothing else: a handler that never ends costs only this thread. Requests, which people
/// wait for, get the processor first.
final class WorkThread: TaskExecutor {
    /// The same as the cooperative pool's threads.
    private static let stackBytes = 8 << 20
    private static let niceness: Int32 = 5

    private let thread = JobThread(stackBytes: stackBytes, niceness: niceness)

    func enqueue(_ job: consuming ExecutorJob) {
        thread.enqueue(UnownedJob(job)) { $0.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Called when the item is done; what its tasks still have to do is done.
    func retire() {
        thread.retire()
    }

    func giveUp() {
        thread.abandon()
    }
}
