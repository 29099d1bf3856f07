import Synchronization

/// Rate limits shared by all server processes, kept in Redis. While Redis is away each process limits on its own, starting from zero: a
/// broken limiter must neither let everything through nor block everything.
package final class RateLimiter: Sendable {
    private let client: RedisClient
    private let local: LocalRateLimits
    private let leases: RateLeases
    private let wasRefused = Atomic(false)

    package convenience init(client: RedisClient) {
        self.init(client: client, local: LocalRateLimits())
    }

    init(client: RedisClient, local: LocalRateLimits, leases: RateLeases = RateLeases()) {
        self.client = client
        self.local = local
        self.leases = leases
    }

    /// Whether limits hold for this process only.
    package var isDegraded: Bool {
        !client.isConnected || wasRefused.load(ordering: .relaxed)
    }

    /// Takes from all limits or from none. A negative cost gives back.
    ///
    /// - Parameter key: who is limited in what, with the tenant as hash tag: `{acme}:sign-in:192.0.2.1`. It is one key in Redis whatever
    ///   the number of limits, so it is safe in a cluster.
    package func take(key: String, limits: [RateLimit], cost: Int = 1) async -> RateLimitDecision {
        guard !limits.isEmpty else { return .unlimited }
        guard cost == 1 else { return await ask(key, limits, cost: cost) }
        switch leases.take(key, limits, at: LocalRateLimits.uptime()) {
        case .ask(let more): return await ask(key, limits, more: more)
        case .admitted(let decision, let more):
            if more > 0 { Task { await ask(key, limits, cost: 0, more: more) } }
            return decision
        }
    }

    /// Until the task is canceled: gives back what was leased and is not used.
    package func run() async {
        while (try? await Task.sleep(for: .microseconds(RateLeases.patience))) != nil {
            await giveBack(leases.removeUnused(at: LocalRateLimits.uptime()))
        }
        // In a task that nobody canceled.
        await Task { await giveBack(leases.removeUnused(at: LocalRateLimits.uptime(), isEnding: true)) }.value
    }

    private func giveBack(_ unused: [RateLeases.Unused]) async {
        for lease in unused { _ = await ask(lease.key, lease.limits, cost: -lease.units) }
    }

    /// Asks Redis, or the process's own limits while that is away.
    @discardableResult
    private func ask(_ key: String, _ limits: [RateLimit], cost: Int = 1, more: Int = 0) async -> RateLimitDecision {
        let standing: Standing
        do {
            standing = try await self.standing(key, limits, cost: cost, more: more)
            wasRefused.store(false, ordering: .relaxed)
        } catch {
            wasRefused.store(error != .unavailable && error != .timedOut, ordering: .relaxed)
            if more > 0 { _ = leases.note(key, limits, debts: nil, leased: 0, wasFilling: true, at: LocalRateLimits.uptime()) }
            return local.take(key: key, limits: limits, cost: cost)
        }
        let decision = RateLimitDecision(limits, debts: standing.debts, cost: cost)
        if cost >= 0, RateLeases.most(limits) > 0 {
            let units = (decision.allowed ? cost : 0) + standing.leased
            let after = zip(limits, standing.debts).map { $1 + $0.interval * units }
            let now = LocalRateLimits.uptime()
            let isKept = leases.note(key, limits, debts: after, leased: standing.leased, wasFilling: more > 0, at: now)
            if !isKept, standing.leased > 0 { await ask(key, limits, cost: -standing.leased) }
        }
        return decision
    }

    /// What Redis knew before it took anything, and how many units it took for later.
    private struct Standing {
        let debts: [Int]
        let leased: Int
    }

    private func standing(_ key: String, _ limits: [RateLimit], cost: Int, more: Int) async throws(RedisError) -> Standing {
        let numbers = [.integer(cost), .integer(more)] + limits.flatMap { [RedisArgument.integer($0.interval), .integer($0.capacity)] }
        let value = try await client.script(Self.take, keys: ["limit:\(key)"], arguments: numbers)
        let answers = value.array?.compactMap(\.integer) ?? []
        guard answers.count == limits.count + 1 else { throw .unexpectedReply("limits: \(value)") }
        return Standing(debts: Array(answers.dropLast()), leased: answers[limits.count])
    }

    /// A hash from interval to theoretical arrival time, so a change of plan starts afresh and two limits of the same pace share one entry.
    /// It expires when the slowest limit is full again. Returns the debts before the request, and how many units it took beyond the cost: those
    /// asked for, or none where a tenth of a limit would not be left. `%.0f` because Lua prints 1e+15 otherwise. A debt never exceeds the
    /// tolerance, even if the clock was set back.
    private static let take = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local cost, more = tonumber(ARGV[1]), tonumber(ARGV[2])
        local fields = {}
        for i = 3, #ARGV, 2 do
            fields[#fields + 1] = ARGV[i]
        end
        local arrivals = redis.call('HMGET', KEYS[1], unpack(fields))
        local debts, fits = {}, true
        for i = 1, #fields do
            local interval, capacity = tonumber(fields[i]), tonumber(ARGV[2 * i + 2])
            local debt = math.max(0, math.min(tonumber(arrivals[i] or now) - now, interval * capacity))
            debts[i] = debt
            fits = fits and debt + interval * cost <= interval * capacity
            if debt + interval * (cost + more) > interval * capacity * 0.9 then
                more = 0
            end
        end
        local units = cost + more
        if fits and units ~= 0 then
            local updates, longest = {}, 0
            for i = 1, #fields do
                local after = math.max(0, debts[i] + tonumber(fields[i]) * units)
                updates[2 * i - 1] = fields[i]
                updates[2 * i] = string.format('%.0f', now + after)
                longest = math.max(longest, after)
            end
            redis.call('HSET', KEYS[1], unpack(updates))
            redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil(longest / 1000)))
        end
        debts[#debts + 1] = more
        return debts
        """
    )
}
