/// One thread that an actor runs on, so that it may block without holding up Swift's cooperative pool.
package final class ThreadExecutor: SerialExecutor {
    private let thread = JobThread()

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        thread.enqueue(UnownedJob(job)) { $0.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func retire() {
        thread.retire()
    }
}
