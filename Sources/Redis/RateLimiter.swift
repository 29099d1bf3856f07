import Synchronization

/// Rate limits shared by all server processes, kept in Redis. While Redis is away each process limits on its own, starting from zero: a
/// broken limiter must neither let everything through nor block everything.
package final class RateLimiter: Sendable {
    private let client: RedisClient
    private let local: LocalRateLimits
    private let wasRefused = Atomic(false)

    package convenience init(client: RedisClient) {
        self.init(client: client, local: LocalRateLimits())
    }

    init(client: RedisClient, local: LocalRateLimits) {
        self.client = client
        self.local = local
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
        do {
            let debts = try await debts(key: key, limits: limits, cost: cost)
            wasRefused.store(false, ordering: .relaxed)
            return RateLimitDecision(limits, debts: debts, cost: cost)
        } catch {
            wasRefused.store(error != .unavailable && error != .timedOut, ordering: .relaxed)
            return local.take(key: key, limits: limits, cost: cost)
        }
    }

    private func debts(key: String, limits: [RateLimit], cost: Int) async throws(RedisError) -> [Int] {
        let arguments = [.integer(cost)] + limits.flatMap { [RedisArgument.integer($0.interval), .integer($0.capacity)] }
        let value = try await client.script(Self.take, keys: ["limit:\(key)"], arguments: arguments)
        let debts = value.array?.compactMap(\.integer) ?? []
        guard debts.count == limits.count else { throw .unexpectedReply("limits: \(value)") }
        return debts
    }

    /// A hash from interval to theoretical arrival time, so a change of plan starts afresh and two limits of the same pace share one entry.
    /// It expires when the slowest limit is full again. Returns the debts before the request. `%.0f` because Lua prints 1e+15 otherwise. A
    /// debt never exceeds the tolerance, even if the clock was set back.
    private static let take = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local cost = tonumber(ARGV[1])
        local fields = {}
        for i = 2, #ARGV, 2 do
            fields[#fields + 1] = ARGV[i]
        end
        local arrivals = redis.call('HMGET', KEYS[1], unpack(fields))
        local debts, updates, longest, takes = {}, {}, 0, cost ~= 0
        for i = 1, #fields do
            local interval, capacity = tonumber(fields[i]), tonumber(ARGV[2 * i + 1])
            local debt = math.max(0, math.min(tonumber(arrivals[i] or now) - now, interval * capacity))
            local after = math.max(0, debt + interval * cost)
            debts[i] = debt
            updates[2 * i - 1] = fields[i]
            updates[2 * i] = string.format('%.0f', now + after)
            longest = math.max(longest, after)
            takes = takes and after <= interval * capacity
        end
        if takes then
            redis.call('HSET', KEYS[1], unpack(updates))
            redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil(longest / 1000)))
        end
        return debts
        """
    )
}
