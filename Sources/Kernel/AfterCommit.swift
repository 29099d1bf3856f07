import Logging
import Synchronization

/// What one attempt at a transaction leaves to be done for others once it has committed. An attempt that is rolled back leaves nothing.
final class AfterCommit: Sendable {
    private struct State {
        var leftWork = false
        var actions: [@Sendable () async throws -> Void] = []
    }

    private let state = Mutex(State())

    func leaveWork() {
        state.withLock { $0.leftWork = true }
    }

    func add(_ action: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.actions.append(action) }
    }

    /// Called once, after the commit, with no connection held.
    func run(ringing committed: Signal, _ logger: Logger) async {
        let (leftWork, actions) = state.withLock { ($0.leftWork, $0.actions) }
        if leftWork { committed.ring() }
        guard !actions.isEmpty else { return }
        // Unstructured: it is owed even when whoever made the change has gone away.
        await Task {
            for action in actions {
                do {
                    try await action()
                } catch {
                    logger.warning("something due after a commit failed", metadata: ["error": "\(error)"])
                }
            }
        }.value
    }
}
