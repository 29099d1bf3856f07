import Postgres

/// Runs what may block on a thread of its own, which lives until `retire`: the kernel kills a runner when the thread that started it ends
/// (prctl(2), PR_SET_PDEATHSIG).
actor RunnerThread: BlockingActor {
    private nonisolated let executor = ThreadExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Touched before anything is called: without that, the compiler (Swift 6.3) leaves out the change to this thread.
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
