/// How long the worker waits for what. The defaults are for production; tests shorten them.
package struct WorkTimings: Sendable {
    /// An item whose worker died is free again after this long: with the poll and the suspects before it, within 30 s.
    package var lease: Duration = .seconds(20)
    /// Items whose worker died are taken one after another, or this far apart: the one that killed it must not take the others down again.
    package var betweenSuspects: Duration = .seconds(2)
    /// How long an item that was told to stop may take to end before its thread is abandoned.
    package var grace: Duration = .seconds(10)
    /// How many threads may be abandoned before the process ends itself, to be restarted without them.
    package var mostStrays = 4
    /// How often the queue is checked when nothing rings.
    package var poll: Duration = .milliseconds(500)
    package var firstRetry: Duration = .seconds(2)
    package var longestRetry: Duration = .seconds(3600)
    package var upkeep: Duration = .seconds(3600)
    /// How often the lengths of the queues are measured.
    package var measuring: Duration = .seconds(15)
    /// Rings within this long reach the other processes as one notification.
    package var noticePause: Duration = .milliseconds(50)

    package init() {}

    /// Doubles with each attempt. Half of it is random, so that items that failed together don't come back together.
    func pause(afterAttempt attempt: Int) -> Duration {
        let doubled = firstRetry * (1 << min(max(attempt - 1, 0), 20))
        return min(doubled, longestRetry) * Double.random(in: 0.5...1)
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
