import Kernel
import Synchronization

/// An item while it runs: how it is told to stop, from any thread, and how it ends, once.
final class RunningItem: Sendable {
    enum Stop {
        case overran, lost, leaving
    }

    enum End {
        case returned(Result<Void, any Error>)
        /// It was told to stop and did not; its thread was abandoned.
        case givenUp
    }

    private struct State {
        var task: Task<Void, Never>?
        var waiter: CheckedContinuation<End, Never>?
        var stop: (why: Stop, at: ContinuousClock.Instant)?
        var isOver = false
    }

    let item: WorkItem
    private let deadline: ContinuousClock.Instant
    private let grace: Duration
    private let state = Mutex(State())

    init(_ item: WorkItem, timeout: Duration, grace: Duration) {
        self.item = item
        self.grace = grace
        deadline = .now + timeout
    }

    var stopped: Stop? { state.withLock { $0.stop?.why } }

    /// Runs the body on the thread until it ends or is abandoned; a body that ends after that calls `onStrayEnd`.
    func run(
        on thread: WorkThread,
        _ body: @escaping @Sendable () async throws -> Void,
        onStrayEnd: @escaping @Sendable () -> Void
    ) async -> End {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                state.withLock { $0.waiter = waiter }
                let task = Task(executorPreference: thread) {
                    let result: Result<Void, any Error>
                    do { result = .success(try await body()) } catch { result = .failure(error) }
                    if !self.end(.returned(result)) { onStrayEnd() }
                }
                let isStopped = state.withLock { state in
                    state.task = task
                    return state.stop != nil
                }
                if isStopped { task.cancel() }
            }
        } onCancel: {
            stop(.leaving)
        }
    }

    /// The first reason counts.
    func stop(_ why: Stop) {
        let task = state.withLock { state -> Task<Void, Never>? in
            guard state.stop == nil, !state.isOver else { return nil }
            state.stop = (why, .now)
            return state.task
        }
        task?.cancel()
    }

    /// Stops it when its time is up, and abandons it when its grace period is. Returns when to check again.
    func check(at now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        guard let stop = state.withLock({ $0.stop }) else {
            guard now >= deadline else { return deadline }
            self.stop(.overran)
            return now + grace
        }
        guard now >= stop.at + grace else { return stop.at + grace }
        end(.givenUp)
        return now + grace
    }

    /// False if it had already ended.
    @discardableResult
    private func end(_ end: End) -> Bool {
        let waiter = state.withLock { state -> CheckedContinuation<End, Never>? in
            guard !state.isOver else { return nil }
            state.isOver = true
            return state.waiter
        }
        waiter?.resume(returning: end)
        return waiter != nil
    }
}
