import Synchronization

/// Units of large limits that this process has taken ahead, so that most requests of somebody busy are admitted without asking Redis. They are
/// paid for in advance: all processes together never admit more than the limit. Whoever asks now and then, and whoever is near the limit, gets
/// single units; a limit that is small has no leases at all, so that it is exact.
final class RateLeases: Sendable {
    enum Step: Equatable {
        /// From the lease. With `more` the lease is to be filled up by so many.
        case admitted(RateLimitDecision, more: Int)
        /// Redis must say, and may lease so many more.
        case ask(more: Int)
    }

    struct Unused: Equatable {
        let key: String
        let limits: [RateLimit]
        let units: Int
    }

    fileprivate struct Lease {
        let limits: [RateLimit]
        /// For each limit how long until it was whole again when Redis last spoke, at `heard`.
        var debts: [Int] = []
        var heard = 0
        var left = 0
        /// When the last of `left` were leased, how many are from before, and since when those may be held.
        var leased = 0
        var older = 0
        var olderLeased = 0
        var size = 1
        var lastUse: Int
        var isFilling = false
    }

    /// A hundredth of the limit is leased at most; from limits below this, nothing.
    private static let smallest = 500
    /// A lease that nobody has used for so long is given back; a caller who comes again within it is a busy one.
    static let patience = 1_000_000

    private let leases = Mutex<[String: Lease]>([:])
    private let maximum: Int

    /// - Parameter maximum: how many keys are watched at once; others get single units.
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

    /// What Redis said: the debts after it took units, of which `leased` are for later; nil when it said nothing. False when nobody keeps
    /// them any more.
    func note(_ key: String, _ limits: [RateLimit], debts: [Int]?, leased: Int, wasFilling: Bool, at now: Int) -> Bool {
        leases.withLock { leases in
            guard leases[key]?.limits == limits else { return false }
            leases[key]?.note(debts, leased: leased, wasFilling: wasFilling, at: now)
            return true
        }
    }

    /// Takes out what nobody has used for a while, or everything when the process ends.
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
        // As if what is left had never been taken.
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
            // Near the limit: from here on single units.
            if units == 0 { size = 1 }
        }
        guard let debts else { return }
        guard units > 0 else {
            // Replies overtake one another: one from before the last lease knows nothing of its units.
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
