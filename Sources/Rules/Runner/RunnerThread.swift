import Dispatch
import Foundation
import Postgres
import Synchronization

/// Runs what may block on a thread of its own, so that it doesn't hold up Swift's cooperative pool.
actor RunnerThread: BlockingActor {
    private nonisolated let executor = RunnerThreadExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Touched before anything is called: without that, the compiler (Swift 6.2) leaves out the change to this thread.
    private var performed = 0

    func perform<Value: Sendable>(_ body: @Sendable () async throws(RunnerEnd) -> Value) async throws(RunnerEnd) -> Value {
        performed += 1
        return try await body()
    }

    /// The thread ends once it has nothing to do.
    nonisolated func retire() {
        executor.retire()
    }
}

/// One thread. It lives from the first job until `retire`, and a later job still starts a new one: the kernel kills a runner
/// when the thread that started it ends (prctl(2), PR_SET_PDEATHSIG).
private final class RunnerThreadExecutor: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
        var isRetired = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustStart = state.withLock { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { start() }
        wake.signal()
    }

    func retire() {
        state.withLock { $0.isRetired = true }
        wake.signal()
    }

    private func start() {
        let thread = Thread { [self] in run() }
        thread.name = "rule-runner"
        thread.stackSize = 512 * 1024
        thread.start()
    }

    private func run() {
        while true {
            wake.wait()
            let (jobs, isOver) = state.withLock { state in
                defer { state.jobs = [] }
                if state.jobs.isEmpty, state.isRetired { state.isRunning = false }
                return (state.jobs, !state.isRunning)
            }
            if isOver { return }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            // A retired thread looks once more, and ends when nothing came.
            if state.withLock({ $0.isRetired }) { wake.signal() }
        }
    }
}
