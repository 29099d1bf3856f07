/// A number of units per period, replenished steadily: GCRA, the generic cell rate algorithm of ITU-T I.371. All times are whole
/// microseconds, so that sums are exact both here and in Redis' Lua, where numbers are doubles.
package struct RateLimit: Sendable, Hashable {
    package let capacity: Int
    package let period: Duration

    /// The time in which one unit comes back.
    let interval: Int

    package init(_ capacity: Int, per period: Duration) {
        self.capacity = max(0, capacity)
        self.period = period
        interval = max(1, period.wholeMicroseconds / max(1, capacity))
    }

    /// How far the debt may grow.
    var tolerance: Int { interval * capacity }
}

/// The answer to one request, from the limit that decides: of those that refused, the one with the longest wait; else the one with the
/// least left.
package struct RateLimitDecision: Sendable, Equatable {
    package let allowed: Bool
    package let limit: Int
    package let remaining: Int
    /// Until the limit is full again.
    package let resetAfter: Duration
    /// Until the same request would pass; nil if it did.
    package let retryAfter: Duration?

    /// The decision when there is no limit.
    package static let unlimited = RateLimitDecision(allowed: true, limit: .max, remaining: .max, resetAfter: .zero, retryAfter: nil)
}

extension RateLimitDecision {
    /// - Parameter debts: for each limit the microseconds until it is full again, before this request.
    init(_ limits: [RateLimit], debts: [Int], cost: Int) {
        let usages = zip(limits, debts).map { Usage(limit: $0, debt: $1, cost: cost) }
        let refusals = usages.filter { $0.wait > 0 }
        if let binding = refusals.max(by: { $0.wait < $1.wait }) {
            self = binding.decision(allowed: false, debt: binding.debt)
        } else if let binding = usages.min(by: { $0.headroom < $1.headroom }) {
            self = binding.decision(allowed: true, debt: max(0, binding.debt + binding.price))
        } else {
            self = .unlimited
        }
    }
}

/// One limit as it stands when a request comes.
private struct Usage {
    let limit: RateLimit
    let debt: Int
    let cost: Int

    var price: Int { limit.interval * cost }
    var wait: Int { debt + price - limit.tolerance }
    var headroom: Int { (limit.tolerance - debt - price) / limit.interval }

    func decision(allowed: Bool, debt: Int) -> RateLimitDecision {
        RateLimitDecision(
            allowed: allowed,
            limit: limit.capacity,
            remaining: max(0, (limit.tolerance - debt) / limit.interval),
            resetAfter: .microseconds(debt),
            retryAfter: allowed ? nil : .microseconds(wait)
        )
    }
}

extension Duration {
    fileprivate var wholeMicroseconds: Int {
        Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
    }
}
