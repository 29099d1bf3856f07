import Synchronization

/// What the connections of a pool share about a server that cannot be reached. While the outage is short, requests wait; once it has
/// lasted, they are refused at once, except one now and then that tries.
final class Outage: Sendable {
    private struct State {
        var began: ContinuousClock.Instant
        var nextTry: ContinuousClock.Instant
        var error: PostgresError
    }

    private let patience: Duration
    private let state = Mutex<State?>(nil)

    init(patience: Duration) {
        self.patience = patience
    }

    /// True if this begins the outage.
    func note(_ error: PostgresError, nextTry wait: Duration) -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            defer { state = State(began: state?.began ?? now, nextTry: now + wait, error: error) }
            return state == nil
        }
    }

    /// True if there was an outage.
    func end() -> Bool {
        state.withLock { state in
            defer { state = nil }
            return state != nil
        }
    }

    var error: PostgresError? {
        state.withLock { $0?.error }
    }

    /// The error to refuse a new request with.
    var refusal: PostgresError? {
        state.withLock { state in
            guard let state else { return nil }
            let now = ContinuousClock.now
            return now - state.began > patience && now < state.nextTry ? state.error : nil
        }
    }
}
