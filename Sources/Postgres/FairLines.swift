import FoundationEssentials

/// Requests waiting for a connection, in one line per tenant: tenants take turns, and within a tenant it is first come, first served. While
/// others are active, a tenant holds at most half of the connections; alone it leaves one free, so that no tenant's slow statements make
/// another's first one wait. Requests for no tenant in particular have a line of their own, without a limit.
struct FairLines<Element> {
    private struct Line {
        var waiting = Queue<Element>()
        var held = 0
        /// Whether it is in `turns`.
        var hasTurn = false

        var isUnused: Bool { held == 0 && !hasTurn && waiting.count == 0 }
    }

    private struct Visit {
        let tenant: UUID
        var time: ContinuousClock.Instant
    }

    /// How long another tenant counts as active after its last request: longer than the pause between the requests of somebody who sends
    /// one after another.
    private static var memory: Duration { .seconds(10) }

    private let connections: Int
    private let longest: Int
    private var lines: [UUID?: Line] = [:]
    /// The tenants in the order of their turns, each that is waiting once.
    private var turns = Queue<UUID?>()
    private var latest: Visit?
    /// The latest of a tenant other than `latest`.
    private var latestOther: Visit?
    private(set) var count = 0

    init(connections: Int, longest: Int) {
        self.connections = connections
        self.longest = longest
    }

    /// Notes that a tenant is active.
    mutating func note(_ tenant: UUID?, at now: ContinuousClock.Instant) {
        guard let tenant else { return }
        if latest?.tenant != tenant { latestOther = latest }
        latest = Visit(tenant: tenant, time: now)
    }

    /// Whether a new request need not wait for others of its tenant.
    func mayPass(_ tenant: UUID?, at now: ContinuousClock.Instant) -> Bool {
        guard let line = lines[tenant] else { return true }
        return line.waiting.count == 0 && line.held < most(tenant, at: now)
    }

    mutating func hold(_ tenant: UUID?) {
        guard tenant != nil else { return }
        lines[tenant, default: Line()].held += 1
    }

    mutating func letGo(_ tenant: UUID?) {
        guard tenant != nil else { return }
        lines[tenant]?.held -= 1
        forgetIfUnused(tenant)
    }

    /// False if the tenant's line is full.
    mutating func append(_ element: Element, of tenant: UUID?) -> Bool {
        guard tenant == nil || lines[tenant, default: Line()].waiting.count < longest else { return false }
        lines[tenant, default: Line()].waiting.append(element)
        count += 1
        giveTurn(tenant)
        return true
    }

    /// The next request that may have a connection; its tenant holds one from here on.
    mutating func next(at now: ContinuousClock.Instant) -> Element? {
        // Tenants at their limit are skipped; there are no more of them than connections.
        for _ in 0..<turns.count {
            guard let tenant = turns.removeFirst() else { return nil }
            lines[tenant]?.hasTurn = false
            guard let line = lines[tenant], line.waiting.count > 0 else {
                forgetIfUnused(tenant)
                continue
            }
            guard line.held < most(tenant, at: now) else {
                giveTurn(tenant)
                continue
            }
            let element = lines[tenant]?.waiting.removeFirst()
            count -= 1
            hold(tenant)
            if line.waiting.count > 1 { giveTurn(tenant) } else { forgetIfUnused(tenant) }
            return element
        }
        return nil
    }

    mutating func remove(of tenant: UUID?, where matches: (Element) -> Bool) -> Element? {
        guard let element = lines[tenant]?.waiting.remove(where: matches) else { return nil }
        count -= 1
        return element
    }

    /// Removes the requests at the front of each line whose time is up.
    mutating func removeExpired(_ isExpired: (Element) -> Bool) -> [Element] {
        var expired: [Element] = []
        for tenant in lines.keys {
            while let first = lines[tenant]?.waiting.first, isExpired(first) {
                expired.append(first)
                lines[tenant]?.waiting.removeFirst()
            }
        }
        count -= expired.count
        return expired
    }

    /// The first in each line.
    var fronts: some Sequence<Element> { lines.values.lazy.compactMap(\.waiting.first) }

    mutating func removeAll() -> [Element] {
        var removed: [Element] = []
        for tenant in lines.keys { removed += lines[tenant]?.waiting.removeAll() ?? [] }
        count = 0
        return removed
    }

    private func most(_ tenant: UUID?, at now: ContinuousClock.Instant) -> Int {
        guard let tenant else { return .max }
        let other = latest?.tenant == tenant ? latestOther : latest
        if let other, now - other.time < Self.memory { return (connections + 1) / 2 }
        return connections > 2 ? connections - 1 : connections
    }

    private mutating func giveTurn(_ tenant: UUID?) {
        guard lines[tenant]?.hasTurn == false else { return }
        lines[tenant]?.hasTurn = true
        turns.append(tenant)
    }

    private mutating func forgetIfUnused(_ tenant: UUID?) {
        if lines[tenant]?.isUnused == true { lines[tenant] = nil }
    }
}
