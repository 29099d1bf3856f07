import Postgres

/// The thread that one attempt at one piece runs on, and nothing else: a handler that never ends costs this thread alone. Requests, which people
/// wait for, get the processor first.
final class WorkThread: TaskExecutor {
    /// As much as the cooperative pool's threads have.
    private static let stackBytes = 8 << 20
    private static let niceness: Int32 = 5

    private let thread = JobThread(stackBytes: stackBytes, niceness: niceness)

    func enqueue(_ job: consuming ExecutorJob) {
        thread.enqueue(UnownedJob(job)) { $0.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Called when the piece is over; what its tasks still have to do is done.
    func retire() {
        thread.retire()
    }

    func giveUp() {
        thread.abandon()
    }
}
