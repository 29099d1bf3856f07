import Glibc

/// One thread that an actor runs on, so that it may block without holding up Swift's cooperative pool.
/// The thread starts with the first job and ends once retired and idle; a job that comes later still starts a new one.
package final class ThreadExecutor: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
        var isRetired = false
    }

    private let state = Monitor(State())

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustStart = state.change { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { OwnThread.start { self.run() } }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func retire() {
        state.change { $0.isRetired = true }
    }

    private func run() {
        var batch: [UnownedJob] = []
        while true {
            let isOver = state.wait { state -> Bool? in
                if !state.jobs.isEmpty {
                    swap(&batch, &state.jobs)
                    return false
                }
                guard state.isRetired else { return nil }
                state.isRunning = false
                return true
            }
            if isOver { return }
            for job in batch { job.runSynchronously(on: asUnownedSerialExecutor()) }
            batch.removeAll(keepingCapacity: true)
        }
    }
}
