import CLibPQ

/// Cancels the statement a connection is running, from any thread. Each run carries a ticket, so a cancellation that comes
/// late cannot hit the next statement; and `end` waits for a `PQcancel` under way, since its signal names only the backend.
final class Canceler: Sendable {
    private struct State {
        var key: CancelKey?
        var ticket: UInt64?
        var isSent = false
        var isCanceled = false
        var isCanceling = false
    }

    private let state = Monitor(State())

    /// From now on `ticket` can be canceled.
    func begin(_ ticket: UInt64) {
        state.withLock { state in
            state.ticket = ticket
            state.isSent = false
            state.isCanceled = false
        }
    }

    /// Before the statement goes out: false when it was canceled already.
    func admit(_ ticket: UInt64, key: CancelKey) -> Bool {
        state.withLock { state in
            guard state.ticket == ticket, !state.isCanceled else { return false }
            state.key = key
            state.isSent = true
            return true
        }
    }

    /// True if the run was canceled. After this the connection may serve somebody else.
    @discardableResult
    func end() -> Bool {
        let (wasCanceled, isCanceling) = state.change { state in
            state.ticket = nil
            return (state.isCanceled, state.isCanceling)
        }
        if isCanceling { state.wait { $0.isCanceling ? nil : () } }
        return wasCanceled
    }

    func cancel(_ ticket: UInt64) {
        let key: CancelKey? = state.withLock { state in
            guard state.ticket == ticket, !state.isCanceled else { return nil }
            state.isCanceled = true
            guard state.isSent, let key = state.key else { return nil }
            state.isCanceling = true
            return key
        }
        // `PQcancel` connects and blocks.
        if let key { OwnThread.start { self.insist(key, ticket) } }
    }

    /// The backend ignores a cancellation that overtakes its statement, so repeat it until the run is over.
    private func insist(_ key: CancelKey, _ ticket: UInt64) {
        var isOver = false
        while !isOver {
            key.cancel()
            isOver = state.wait(milliseconds: 100) { $0.ticket == ticket ? nil : true } ?? false
        }
        state.change { $0.isCanceling = false }
    }
}

/// Owns a `PGcancel`.
///
/// Safe to share: "PQcancel can safely be invoked from a signal handler" and reads nothing but this object, which is never changed
/// ("the PGcancel object is read-only as far as PQcancel is concerned": libpq, Canceling Queries in Progress).
final class CancelKey: @unchecked Sendable {
    private let handle: OpaquePointer

    init?(of connection: OpaquePointer) {
        guard let handle = PQgetCancel(connection) else { return nil }
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    func cancel() {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
            // A failure is a server out of reach; the loop in `insist` tries again.
            _ = PQcancel(handle, reason.baseAddress, Int32(reason.count))
        }
    }
}
