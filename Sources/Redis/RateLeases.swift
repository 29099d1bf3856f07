import Synchronization

/// Units of large limits that this process has taken in advance, so that most requests of a busy caller are admitted without asking Redis.
/// They are paid for in advance: all processes together never admit more than the limit. Callers who ask only now and then, or who are near
/// the limit, get single units; a small limit has no leases at all, so that it is exact.
final class RateLeases: Sendable {
    enum Step: Equatable {
        /// Admitted from the lease. With `more`, the lease should be refilled with that many.
        case admitted(RateLimitDecision, more: Int)
        /// Redis must decide, and may lease this many more.
        case ask(more: Int)
    }

    struct Unused: Equatable {
        let key: String
        let limits: [RateLimit]
        let units: Int
    }

    fileprivate struct Lease {
        let limits: [RateLimit]
        /// For each limit, how long until it was full again when Redis last answered, at `heard`.
        var debts: [Int] = []
        var heard = 0
        var left = 0
        /// When the last of `left` were leased, how many of them are older, and since when those may have been held.
        var leased = 0
        var older = 0
        var olderLeased = 0
        var size = 1
        var lastUse: Int
        var isFilling = false
    }

    /// At most a hundredth of the limit is leased; smaller limits than this have no leases.
    private static let smallest = 500
    /// A lease unused for this long is given back; a caller who comes again within it is a busy one.
    static let patience = 1_000_000

    private let leases = Mutex<[String: Lease]>([:])
    private let maximum: Int

    /// - Parameter maximum: how many keys are tracked at once; others get single units.
    init(maximum: Int = 10_000) {
        self.maximum = maximum
    }

    static func most(_ limits: [RateLimit]) -> Int {
        let capacity = limits.map(\.capacity).min() ?? 0
        return capacity < smallest ? 0 : capacity / 100
    }

    /// One unit at the time `now`, in microseconds.
    func take(_ key: String, _ limits: [RateLimit], at now: Int) -> Step {
        let most = Self.most(limits)
        guard most > 0 else { return .ask(more: 0) }
        return leases.withLock { leases in
            guard leases[key]?.limits == limits else {
                if leases.count < maximum || leases[key] != nil {
                    leases[key] = Lease(limits: limits, lastUse: now)
                }
                return .ask(more: 0)
            }
            return leases[key]?.take(at: now, most: most) ?? .ask(more: 0)
        }
    }

    /// Records Redis's answer: the debts after it took units, of which `leased` are for later; nil if there was no answer. False if nobody
    /// tracks the key any more.
    func note(_ key: String, _ limits: [RateLimit], debts: [Int]?, leased: Int, wasFilling: Bool, at now: Int) -> Bool {
        leases.withLock { leases in
            guard leases[key]?.limits == limits else { return false }
            leases[key]?.note(debts, leased: leased, wasFilling: wasFilling, at: now)
            return true
        }
    }

    /// Removes leases that have been unused for a while, or all of them when the process ends.
    func removeUnused(at now: Int, isEnding: Bool = false) -> [Unused] {
        leases.withLock { leases in
            let gone = leases.filter { isEnding || !$0.value.isFilling && now - $0.value.lastUse >= Self.patience }
            for key in gone.keys { leases[key] = nil }
            return gone.compactMap { key, lease in
                let units = lease.worthGivingBack(at: now)
                return units > 0 ? Unused(key: key, limits: lease.limits, units: units) : nil
            }
        }
    }
}

extension RateLeases.Lease {
    fileprivate mutating func take(at now: Int, most: Int) -> RateLeases.Step {
        let isBusy = now - lastUse < RateLeases.patience
        lastUse = now
        guard left > 0 else { return .ask(more: isBusy ? nextSize(most) : 0) }
        // As if the remaining units had never been taken.
        let standing = zip(limits, debts).map { limit, debt in max(0, debt - (now - heard) - left * limit.interval) }
        left -= 1
        older = max(0, older - 1)
        return .admitted(RateLimitDecision(limits, debts: standing, cost: 1), more: left <= size / 2 ? nextSize(most) : 0)
    }

    private mutating func nextSize(_ most: Int) -> Int {
        guard !isFilling else { return 0 }
        isFilling = true
        size = min(size * 2, most)
        return size
    }

    fileprivate mutating func note(_ debts: [Int]?, leased units: Int, wasFilling: Bool, at now: Int) {
        if wasFilling {
            isFilling = false
            // Near the limit, single units from here on.
            if units == 0 { size = 1 }
        }
        guard let debts else { return }
        guard units > 0 else {
            // Replies may arrive out of order: one from before the last lease doesn't include its units.
            let known = self.debts.map { $0 - (now - heard) }
            self.debts = left > 0 ? zip(known, debts).map(max) : debts
            heard = now
            return
        }
        self.debts = debts
        heard = now
        if older == 0 { olderLeased = leased }
        older = left
        left += units
        leased = now
    }

    /// While they were held, the limit has recovered: units that have come back by themselves are not given back again.
    fileprivate func worthGivingBack(at now: Int) -> Int {
        let held = now - (older > 0 ? olderLeased : leased)
        return limits.map { (left * $0.interval - held) / $0.interval }.min().map { max(0, $0) } ?? 0
    }
}
