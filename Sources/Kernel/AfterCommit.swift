import Logging
import Synchronization

/// Actions to run once a transaction attempt has committed. An attempt that is rolled back runs none.
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
        // Unstructured: it must run even if the caller has gone away.
        await Task {
            for action in actions {
                do {
                    try await action()
                } catch {
                    logger.warning("an action after a commit failed", metadata: ["error": "\(error)"])
                }
            }
        }.value
    }
}
