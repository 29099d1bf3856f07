import Postgres

/// How long each statement of an operation may take before PostgreSQL stops it. A list or a page that takes longer asks for too much of a
/// shared server.
package enum TimeBudget: Sendable, CaseIterable {
    /// For what a page shows.
    case read
    /// For results that are computed from many rows while somebody waits.
    case report
    case change

    package var seconds: Int {
        switch self {
        case .read: 2
        case .report, .change: 15
        }
    }

    /// The operation's failure when a statement was stopped.
    package var overrun: Failure {
        let (what, advice) =
            switch self {
            case .read: ("This took longer than \(seconds) seconds to look up", "Ask for less at once, or try again in a moment.")
            case .report:
                ("This took longer than \(seconds) seconds to put together", "Ask for less at once, or try again when less is going on.")
            case .change: ("This took longer than \(seconds) seconds, and nothing was changed", "Try again in a moment.")
            }
        return Failure(.unavailable, "\(what). \(advice)", code: "TOOK_TOO_LONG", details: ["retryAfter": 2, "seconds": .integer(seconds)])
    }

    /// Holds until the transaction ends. Nil where the pool's connections have it anyway, as those of the server have for reads.
    func setting(on pool: ConnectionPool) -> SQL? {
        if pool.statementTimeout == .seconds(seconds) { return nil }
        return "set_config('statement_timeout', \(String(seconds * 1000)), true)"
    }
}
