import Postgres

/// A thread that hashes passwords one after another, at low priority: a flood of sign-ins leaves the processor to everything else. It keeps
/// its memory while there is something to hash, and for a moment after.
final class HashingThread: Sendable {
    typealias Job = @Sendable (HashingMemory) -> Void

    private struct State {
        var jobs: [Job] = []
        var isRunning = false
    }

    private static let niceness: Int32 = 10
    private static let millisecondsOfRest = 2000

    private let state = Monitor(State())

    func perform(_ job: @escaping Job) {
        let mustStart = state.change { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { OwnThread.start(niceness: Self.niceness) { [state] in Self.work(state) } }
    }

    /// Runs until nothing has come for a while: then the thread ends, and its memory with it.
    private static func work(_ state: Monitor<State>) {
        let memory = HashingMemory()
        while true {
            let job = state.wait(milliseconds: millisecondsOfRest) { state -> Job? in
                state.jobs.isEmpty ? nil : state.jobs.removeFirst()
            }
            if let job {
                job(memory)
                continue
            }
            let isIdle = state.withLock { state in
                if state.jobs.isEmpty { state.isRunning = false }
                return state.jobs.isEmpty
            }
            if isIdle { return }
        }
    }
}
