import Kernel
import Logging

/// Repeats one step whenever its signal rings, at least once per interval, until canceled. A step that fails is tried again at the next
/// turn.
struct PeriodicTask: Sendable {
    let name: String
    let signal: Signal
    let interval: Duration
    let logger: Logger
    /// True if there is more to do at once.
    let step: @Sendable () async throws -> Bool

    func run() async {
        var outage = OutageLog("\(name) fails", logger: logger)
        while !Task.isCancelled {
            do {
                let hasMore = try await step()
                outage.isOver()
                if hasMore { continue }
            } catch {
                outage.began(error)
            }
            await signal.wait(atMost: interval)
        }
    }
}
