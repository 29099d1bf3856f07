import Glibc

/// Runs an executor's jobs one after another on a thread of its own. The thread starts with the first job and ends once retired and idle;
/// a job that comes later still starts a new one.
package final class JobThread: Sendable {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
        var isRetired = false
        var thread: pthread_t?
    }

    /// SCHED_IDLE (sched(7)), which the module Glibc leaves out.
    private static let idlePolicy: Int32 = 5

    private let stackBytes: Int
    private let niceness: Int32
    private let state = Monitor(State())

    package init(stackBytes: Int = OwnThread.smallStack, niceness: Int32 = 0) {
        self.stackBytes = stackBytes
        self.niceness = niceness
    }

    /// `execute` runs a job on behalf of its executor.
    package func enqueue(_ job: UnownedJob, execute: @escaping @Sendable (UnownedJob) -> Void) {
        let mustStart = state.change { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { OwnThread.start(stackBytes: stackBytes, niceness: niceness) { self.run(execute) } }
    }

    package func retire() {
        state.change { $0.isRetired = true }
    }

    /// Like `retire`, for a thread that nobody waits for any more: until it ends it gets only processor time that nobody else wants.
    package func abandon() {
        state.change { state in
            state.isRetired = true
            var none = sched_param()
            if let thread = state.thread { pthread_setschedparam(thread, Self.idlePolicy, &none) }
        }
    }

    private func run(_ execute: (UnownedJob) -> Void) {
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
            for job in batch { execute(job) }
            batch.removeAll(keepingCapacity: true)
        }
    }
}
