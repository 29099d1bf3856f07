import Postgres

/// Runs blocking code on a thread of its own, which lives until `retire`: the kernel kills a runner when the thread that started it ends
/// (prctl(2), PR_SET_PDEATHSIG).
actor RunnerThread: BlockingActor {
    private nonisolated let executor = ThreadExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Touched before anything is called: otherwise the compiler (Swift 6.3) omits the switch to this thread.
    private var performed = 0

    func perform<Value: Sendable>(_ body: @Sendable () async throws(RunnerEnd) -> Value) async throws(RunnerEnd) -> Value {
        performed += 1
        return try await body()
    }

    /// The thread ends once it has nothing left to do.
    nonisolated func retire() {
        executor.retire()
    }
}
