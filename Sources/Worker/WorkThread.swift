import Glibc
import Postgres

/// The thread that one attempt at one piece runs on, and nothing else: a handler that never ends costs this thread alone. What people wait
/// for goes before it. The thread starts with the first job and ends once it is retired and idle.
final class WorkThread: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
        var isRetired = false
        var thread: pthread_t?
    }

    /// As much as the cooperative pool's threads have.
    private static let stackBytes = 8 << 20
    private static let niceness: Int32 = 5
    /// SCHED_IDLE (sched(7)), which the module Glibc leaves out.
    private static let idlePolicy: Int32 = 5

    private let state = Monitor(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustStart = state.change { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { OwnThread.start(stackBytes: Self.stackBytes, niceness: Self.niceness) { self.run() } }
    }

    /// Called when the piece is over; what its tasks still have to do is done.
    func retire() {
        state.change { $0.isRetired = true }
    }

    /// Nobody waits for it any more: it gets what the others leave.
    func giveUp() {
        state.change { state in
            state.isRetired = true
            var none = sched_param()
            if let thread = state.thread { pthread_setschedparam(thread, Self.idlePolicy, &none) }
        }
    }

    private func run() {
        state.withLock { $0.thread = pthread_self() }
        var batch: [UnownedJob] = []
        while true {
            let isOver = state.wait { state -> Bool? in
                if !state.jobs.isEmpty {
                    swap(&batch, &state.jobs)
                    return false
                }
                guard state.isRetired else { return nil }
                state.isRunning = false
                state.thread = nil
                return true
            }
            if isOver { return }
            for job in batch { job.runSynchronously(on: asUnownedTaskExecutor()) }
            batch.removeAll(keepingCapacity: true)
        }
    }
}
