/// How long the worker waits for what. The defaults are for production; tests shorten them.
package struct WorkTimings: Sendable {
    /// A piece whose worker died is free again after this long: with the poll and a claim, within 30 s.
    package var lease: Duration = .seconds(25)
    /// How often the queue is looked at when nothing rings.
    package var poll: Duration = .milliseconds(500)
    package var firstRetry: Duration = .seconds(2)
    package var longestRetry: Duration = .seconds(3600)
    package var upkeep: Duration = .seconds(3600)
    /// Rings within this long reach the other processes as one notification.
    package var noticePause: Duration = .milliseconds(50)

    package init() {}

    /// Doubles with each attempt. Half of it is chance, so that pieces which failed together don't come back together.
    func pause(afterAttempt attempt: Int) -> Duration {
        let doubled = firstRetry * (1 << min(max(attempt - 1, 0), 20))
        return min(doubled, longestRetry) * Double.random(in: 0.5...1)
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
