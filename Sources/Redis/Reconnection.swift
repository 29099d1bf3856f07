import Logging

/// Keeps a connection up for as long as the task lives. Pauses are jittered, so that processes that lost Redis together don't come back
/// together.
struct Reconnection: Sendable {
    let purpose: String
    let logger: Logger

    /// - Parameter hold: opens a connection and returns at its end; throws if it could not be opened.
    func run(_ hold: () async throws -> Void) async {
        var failures = 0
        while !Task.isCancelled {
            do {
                try await hold()
                failures = 0
                if !Task.isCancelled { logger.warning("Redis connection lost", metadata: ["for": "\(purpose)"]) }
            } catch {
                failures += 1
                // Only the first failure is news.
                let level: Logger.Level = failures == 1 ? .warning : .debug
                logger.log(level: level, "Redis cannot be reached", metadata: ["for": "\(purpose)", "error": "\(error)"])
            }
            // Only cancellation cuts the pause short, and the loop sees that itself.
            try? await Task.sleep(for: Self.pause(afterFailures: failures))
        }
    }

    /// 10 to 20 ms at first, doubling to at most 1.3 to 2.6 s.
    static func pause(afterFailures failures: Int) -> Duration {
        let longest = 20.0 * Double(1 << min(failures, 7))
        return .milliseconds(Double.random(in: longest / 2...longest))
    }
}
