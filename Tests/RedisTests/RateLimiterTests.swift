import Foundation
import Logging
import Synchronization
import Testing

@testable import Redis

@Suite struct RateLimiterTests {
    @Test func `a hundred at once get exactly the ten there are`() async throws {
        try await withClient { client in
            let limiter = RateLimiter(client: client)
            let key = fresh("burst")
            let decisions = await takes(100, from: limiter, key: key, limits: [RateLimit(10, per: .seconds(36_000))])
            #expect(decisions.count { $0.allowed } == 10)
            #expect(Set(decisions.filter(\.allowed).map(\.remaining)) == Set(0...9))
            #expect(!limiter.isDegraded)
        }
    }

    @Test func `two clients share one limit`() async throws {
        try await withClient { first in
            try await withClient { second in
                let key = fresh("shared")
                let limits = [RateLimit(7, per: .seconds(86_400))]
                async let here = takes(50, from: RateLimiter(client: first), key: key, limits: limits)
                async let there = takes(50, from: RateLimiter(client: second), key: key, limits: limits)
                #expect(await (here + there).count { $0.allowed } == 7)
            }
        }
    }

    @Test func `several windows are used together or not at all`() async throws {
        try await withClient { client in
            let limiter = RateLimiter(client: client)
            let key = fresh("windows")
            let day = RateLimit(5, per: .seconds(86_400))
            let minute = RateLimit(3, per: .seconds(6000))
            let month = RateLimit(1000, per: .seconds(2_592_000))
            for left in [2, 1, 0] {
                let decision = await limiter.take(key: key, limits: [minute, day, month])
                #expect(decision.allowed && decision.limit == 3 && decision.remaining == left)
            }
            let refused = await limiter.take(key: key, limits: [minute, day, month])
            #expect(!refused.allowed && refused.limit == 3 && refused.remaining == 0)
            let wait = try #require(refused.retryAfter)
            #expect(wait > .seconds(1990) && wait <= .seconds(2000))
            // The refused request cost the other windows nothing: three of five are used.
            #expect(await limiter.take(key: key, limits: [day]).remaining == 1)
            #expect(await limiter.take(key: key, limits: [month]).remaining == 996)
        }
    }

    @Test func `units given back can be used again, but no more than were taken`() async throws {
        try await withClient { client in
            try await givesBack(RateLimiter(client: client))
            let away = try RedisClient(url: "redis://127.0.0.1:1", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await givesBack(RateLimiter(client: away))
        }
    }

    private func givesBack(_ limiter: RateLimiter) async throws {
        let key = fresh("back")
        let limits = [RateLimit(2, per: .seconds(36_000))]
        for _ in 0..<5 {
            #expect(await limiter.take(key: key, limits: limits).remaining == 1)
            #expect(await limiter.take(key: key, limits: limits, cost: -1).remaining == 2)
        }
        // Giving back more than was taken changes nothing.
        _ = await limiter.take(key: key, limits: limits, cost: -1)
        #expect(await limiter.take(key: key, limits: limits).remaining == 1)
        #expect(await limiter.take(key: key, limits: limits).remaining == 0)
        #expect(await !limiter.take(key: key, limits: limits).allowed)
        // A full limit accepts units back, too.
        #expect(await limiter.take(key: key, limits: limits, cost: -1).allowed)
        #expect(await limiter.take(key: key, limits: limits).allowed)
    }

    @Test func `a unit comes back when its time has passed, and then Redis forgets the key`() async throws {
        try await withClient { client in
            let limiter = RateLimiter(client: client)
            let key = fresh("steady")
            let limits = [RateLimit(1, per: .seconds(1))]
            let start = ContinuousClock.now
            let first = await limiter.take(key: key, limits: limits)
            #expect(first.allowed && first.resetAfter == .seconds(1))
            try await eventually { await limiter.take(key: key, limits: limits).allowed }
            #expect(start.duration(to: .now) >= .seconds(1))
            try await eventually { try await client.command(["EXISTS", "limit:\(key)"]) == .integer(0) }
        }
    }

    @Test func `a cost takes that many units, and a cost of zero only checks`() async throws {
        try await withClient { client in
            let limiter = RateLimiter(client: client)
            let key = fresh("cost")
            let limits = [RateLimit(10, per: .seconds(36_000))]
            #expect(await limiter.take(key: key, limits: limits, cost: 0).remaining == 10)
            #expect(await limiter.take(key: key, limits: limits, cost: 7).remaining == 3)
            #expect(await limiter.take(key: key, limits: limits, cost: 4).allowed == false)
            #expect(await limiter.take(key: key, limits: limits, cost: 0).remaining == 3)
            #expect(await limiter.take(key: key, limits: [], cost: 1) == .unlimited)
            #expect(await limiter.take(key: fresh("none"), limits: [RateLimit(0, per: .seconds(60))]).allowed == false)
        }
    }

    @Test func `without Redis the process limits by itself and says so`() async throws {
        let server = try RedisServer()
        try await withClient(server.url) { client in
            let limiter = RateLimiter(client: client)
            let limits = [RateLimit(10, per: .seconds(36_000)), RateLimit(20, per: .seconds(86_400))]
            #expect(await limiter.take(key: "{t}:k", limits: limits).allowed)
            server.kill()
            #expect(await takes(100, from: limiter, key: "{t}:k", limits: limits).count { $0.allowed } == 10)
            #expect(limiter.isDegraded)
            try server.start()
            try await eventually { !limiter.isDegraded }
            #expect(await limiter.take(key: "{t}:k", limits: limits).remaining == 9)
        }
    }

    @Test func `a Redis that refuses writes counts as unavailable`() async throws {
        let server = try RedisServer("--min-replicas-to-write", "1")
        try await withClient(server.url) { client in
            let limiter = RateLimiter(client: client)
            #expect(await takes(5, from: limiter, key: "{t}:k", limits: [RateLimit(2, per: .seconds(3600))]).count { $0.allowed } == 2)
            #expect(limiter.isDegraded)
        }
    }

    @Test func `two busy processes together admit the limit exactly, and not one more`() async throws {
        try await withClient { first in
            try await withClient { second in
                let key = fresh("leased")
                let limits = [RateLimit(1000, per: .seconds(36_000))]
                let limiters = [RateLimiter(client: first), RateLimiter(client: second)]
                let admitted = await withTaskGroup { group in
                    for number in 0..<16 {
                        group.addTask {
                            var admitted = 0
                            for _ in 0..<100 {
                                if await limiters[number % 2].take(key: key, limits: limits).allowed { admitted += 1 }
                            }
                            return admitted
                        }
                    }
                    return await group.reduce(0, +)
                }
                #expect(admitted >= 980 && admitted <= 1000)
                let sweeps = limiters.map { limiter in Task { await limiter.run() } }
                for sweep in sweeps {
                    sweep.cancel()
                    await sweep.value
                }
                var rest = 0
                while await limiters[0].take(key: key, limits: limits).allowed { rest += 1 }
                #expect(admitted + rest <= 1000 && admitted + rest >= 995)
            }
        }
    }

    @Test func `somebody busy asks Redis now and then, and what is left is given back`() async throws {
        let server = try RedisServer()
        try await withClient(server.url) { client in
            let limiter = RateLimiter(client: client)
            let limits = [RateLimit(10_000, per: .seconds(36_000)), RateLimit(100_000, per: .seconds(864_000))]
            for number in 1...2000 {
                let decision = await limiter.take(key: "{t}:k", limits: limits)
                #expect(decision.allowed && decision.limit == 10_000)
                // As long as units are on their way here, they count as used.
                #expect((9_900...10_010).contains(decision.remaining + number))
            }
            let calls = try await client.command(["INFO", "commandstats"]).text?.firstMatch(of: /cmdstat_evalsha:calls=(\d+)/)?.1
            #expect(try #require(calls.flatMap { Int($0) }) < 200)
            let sweep = Task { await limiter.run() }
            let other = RateLimiter(client: client)
            try await eventually { await other.take(key: "{t}:k", limits: limits, cost: 0).remaining >= 7998 }
            sweep.cancel()
            await sweep.value
        }
    }

    @Test func `a small limit is exact, with two processes and for somebody busy`() async throws {
        try await withClient { first in
            try await withClient { second in
                for capacity in [5, 60, 300, 499] {
                    let key = fresh("small")
                    let limits = [RateLimit(capacity, per: .seconds(86_400)), RateLimit(100_000, per: .seconds(864_000))]
                    async let here = takes(capacity, from: RateLimiter(client: first), key: key, limits: limits)
                    async let there = takes(capacity, from: RateLimiter(client: second), key: key, limits: limits)
                    #expect(await (here + there).count { $0.allowed } == capacity)
                }
            }
        }
    }

    private func takes(_ count: Int, from limiter: RateLimiter, key: String, limits: [RateLimit]) async -> [RateLimitDecision] {
        await withTaskGroup { group in
            for _ in 0..<count {
                group.addTask { await limiter.take(key: key, limits: limits) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}

@Suite struct RateLeasesTests {
    private let limits = [RateLimit(1000, per: .seconds(3600))]

    @Test func `whoever asks now and then gets single units, and whoever is busy ever more, up to a hundredth`() {
        let leases = RateLeases()
        var now = 0
        for _ in 0..<5 {
            #expect(leases.take("k", limits, at: now) == .ask(more: 0))
            now += RateLeases.patience
        }
        var sizes: [Int] = []
        for _ in 0..<100 {
            switch leases.take("k", limits, at: now) {
            case .ask(let more), .admitted(_, let more):
                guard more > 0 else { continue }
                sizes.append(more)
                #expect(leases.note("k", limits, debts: [0], leased: more, wasFilling: true, at: now))
            }
        }
        #expect(sizes.starts(with: [2, 4, 8, 10, 10]), "\(sizes)")
        #expect(sizes.allSatisfy { $0 <= 10 })
    }

    @Test func `one lease is filled at a time, and one that got nothing begins again`() {
        let leases = RateLeases()
        #expect(leases.take("k", limits, at: 0) == .ask(more: 0))
        #expect(leases.take("k", limits, at: 1) == .ask(more: 2))
        #expect(leases.take("k", limits, at: 2) == .ask(more: 0))
        #expect(leases.note("k", limits, debts: [0], leased: 0, wasFilling: true, at: 3))
        #expect(leases.take("k", limits, at: 4) == .ask(more: 2))
        #expect(leases.note("k", limits, debts: nil, leased: 0, wasFilling: true, at: 5))
        #expect(leases.take("k", limits, at: 6) == .ask(more: 2))
    }

    @Test func `what is held too long is given back but for what has come back by itself`() {
        let leases = RateLeases()
        _ = leases.take("k", limits, at: 0)
        _ = leases.take("k", limits, at: 0)
        #expect(leases.note("k", limits, debts: [36_000_000], leased: 10, wasFilling: true, at: 0))
        #expect(leases.removeUnused(at: RateLeases.patience - 1).isEmpty)
        // A unit comes back in 3.6 seconds.
        #expect(leases.removeUnused(at: 7_200_001) == [RateLeases.Unused(key: "k", limits: limits, units: 7)])
        #expect(leases.removeUnused(at: 99_000_000).isEmpty)
        #expect(!leases.note("k", limits, debts: [0], leased: 5, wasFilling: true, at: 99_000_000))
    }

    @Test func `a change of plan and a flood of keys are not taken for somebody busy`() {
        let leases = RateLeases(maximum: 2)
        let more = [RateLimit(2000, per: .seconds(3600))]
        _ = leases.take("k", limits, at: 0)
        #expect(leases.take("k", more, at: 1) == .ask(more: 0))
        #expect(leases.take("k", more, at: 2) == .ask(more: 2))
        _ = leases.take("l", limits, at: 3)
        for time in 4..<9 { #expect(leases.take("m", limits, at: time) == .ask(more: 0)) }
    }
}

@Suite struct LocalRateLimitsTests {
    @Test func `units come back one by one, whatever the capacity divides into`() {
        let clock = ManualClock()
        let limits = LocalRateLimits(now: clock.read)
        for capacity in [1, 3, 7, 60, 1000] {
            let limit = RateLimit(capacity, per: .seconds(86_400))
            let key = "key \(capacity)"
            let burst = (0..<2 * capacity).map { _ in limits.take(key: key, limits: [limit], cost: 1) }
            #expect(burst.count { $0.allowed } == capacity)
            clock.advance(limit.interval - 1)
            let early = limits.take(key: key, limits: [limit], cost: 1)
            #expect(!early.allowed && early.retryAfter == .microseconds(1))
            clock.advance(1)
            #expect(limits.take(key: key, limits: [limit], cost: 1).allowed)
            #expect(!limits.take(key: key, limits: [limit], cost: 1).allowed)
        }
    }

    @Test func `the answer is from the tightest limit`() {
        let limits = LocalRateLimits(now: { 0 })
        let minute = RateLimit(2, per: .seconds(60))
        let day = RateLimit(3, per: .seconds(86_400))
        #expect(limits.take(key: "k", limits: [minute, day], cost: 1).limit == 2)
        #expect(limits.take(key: "k", limits: [day], cost: 1).remaining == 1)
        let last = limits.take(key: "k", limits: [minute, day], cost: 1)
        #expect(last.allowed && last.remaining == 0)
        let refused = limits.take(key: "k", limits: [minute, day], cost: 1)
        #expect(!refused.allowed && refused.limit == 3 && refused.retryAfter == .seconds(28_800))
    }

    @Test func `a flood of keys does not fill the memory, nor free the one that is refused`() {
        let clock = ManualClock()
        let limits = LocalRateLimits(maximum: 1000, now: clock.read)
        let limit = RateLimit(10, per: .seconds(3600))
        for _ in 0..<10 { _ = limits.take(key: "refused", limits: [limit], cost: 1) }
        for number in 0..<20_000 {
            clock.advance(1)
            _ = limits.take(key: "flood \(number)", limits: [limit], cost: 1)
            #expect(limits.count <= 1000)
        }
        #expect(!limits.take(key: "refused", limits: [limit], cost: 1).allowed)
    }
}

private final class ManualClock: Sendable {
    private let now = Mutex(0)

    @Sendable func read() -> Int { now.withLock { $0 } }

    func advance(_ microseconds: Int) { now.withLock { $0 += microseconds } }
}
