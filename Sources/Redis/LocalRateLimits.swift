import Synchronization

/// The same limits within one process. Memory is bounded: past `maximum` entries, those that are full again are dropped, then those closest
/// to it.
final class LocalRateLimits: Sendable {
    private struct Slot: Hashable {
        let key: String
        let interval: Int
    }

    private let arrivals = Mutex<[Slot: Int]>([:])
    private let maximum: Int
    private let now: @Sendable () -> Int

    /// - Parameter now: microseconds since any moment, never going back.
    init(maximum: Int = 100_000, now: @escaping @Sendable () -> Int = LocalRateLimits.uptime) {
        self.maximum = maximum
        self.now = now
    }

    var count: Int {
        arrivals.withLock { $0.count }
    }

    func take(key: String, limits: [RateLimit], cost: Int) -> RateLimitDecision {
        let now = now()
        return arrivals.withLock { arrivals in
            let debts = limits.map { limit in
                max(0, min((arrivals[Slot(key: key, interval: limit.interval)] ?? now) - now, limit.tolerance))
            }
            let decision = RateLimitDecision(limits, debts: debts, cost: cost)
            if decision.allowed, cost != 0 {
                makeRoom(in: &arrivals, for: limits.count, now: now)
                for (limit, debt) in zip(limits, debts) {
                    arrivals[Slot(key: key, interval: limit.interval)] = now + max(0, debt + limit.interval * cost)
                }
            }
            return decision
        }
    }

    private func makeRoom(in arrivals: inout [Slot: Int], for count: Int, now: Int) {
        guard arrivals.count + count > maximum else { return }
        arrivals = arrivals.filter { $0.value > now }
        guard arrivals.count + count > maximum else { return }
        // A quarter at once, so that a flood of keys causes sorting only now and then.
        let threshold = arrivals.values.sorted()[arrivals.count / 4]
        arrivals = arrivals.filter { $0.value > threshold }
    }

    private static let start = ContinuousClock.now

    static func uptime() -> Int {
        let elapsed = start.duration(to: .now).components
        return Int(elapsed.seconds) * 1_000_000 + Int(elapsed.attoseconds / 1_000_000_000_000)
    }
}
