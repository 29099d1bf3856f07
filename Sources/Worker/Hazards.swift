import Synchronization

/// What all lanes of a process share, because it endangers the whole process: attempts that would not end, and items one of which may have
/// killed another worker.
final class Hazards: Sendable {
    private struct State {
        /// Attempts that were abandoned and still run.
        var strays = 0
        var suspects = 0
        var isClaimingSuspect = false
        var lastSuspect = ContinuousClock.now - .seconds(3600)
    }

    private let timings: WorkTimings
    private let state = Mutex(State())

    init(_ timings: WorkTimings) {
        self.timings = timings
    }

    /// Their threads end only with the process.
    var hasTooManyStrays: Bool { state.withLock { $0.strays } >= timings.mostStrays }

    func strayBegan() { state.withLock { $0.strays += 1 } }
    func strayEnded() { state.withLock { $0.strays -= 1 } }

    /// Whether a claim may take a suspect now. A caller that is told so reports in turn how many it took.
    func mayClaimSuspect() -> Bool {
        state.withLock { state in
            let isTime = state.suspects == 0 || .now - state.lastSuspect >= timings.betweenSuspects
            guard isTime, !state.isClaimingSuspect else { return false }
            state.isClaimingSuspect = true
            return true
        }
    }

    func claimed(suspects count: Int) {
        state.withLock { state in
            state.isClaimingSuspect = false
            state.suspects += count
            if count > 0 { state.lastSuspect = .now }
        }
    }

    func suspectIsOver() { state.withLock { $0.suspects -= 1 } }
}

/// Ends the process: too many of its threads are taken by work that would not end.
struct TooManyStrays: Error {}
