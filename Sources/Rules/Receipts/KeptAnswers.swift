import Synchronization

/// Gives a run an earlier run's answers, in order, as long as it asks the same questions.
final class KeptAnswers: Sendable {
    private struct State {
        var next = 0
        var stray: String?
    }

    private let exchanges: [RunnerResult.Exchange]
    private let state = Mutex(State())

    init(_ exchanges: [RunnerResult.Exchange]) {
        self.exchanges = exchanges
    }

    func answer(_ read: RunnerRead) -> RunnerAnswer {
        state.withLock { state in
            guard state.next < exchanges.count, exchanges[state.next].read == read else {
                state.stray = state.stray ?? "Question \(state.next + 1) is another: \(read.name)."
                return .failure("the receipt has no answer to this")
            }
            defer { state.next += 1 }
            return exchanges[state.next].answer
        }
    }

    /// How the questions differed, if they did.
    var difference: String? {
        state.withLock { state in
            state.stray ?? (state.next < exchanges.count ? "It asked \(state.next) questions, and had asked \(exchanges.count)." : nil)
        }
    }
}
