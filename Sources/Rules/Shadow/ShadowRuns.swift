import Foundation
import Kernel
import Logging
import Synchronization

/// What to ask the shadow of a `before` rule, after the change and outside its transaction. It may be lost with the process: storing it
/// safely would slow down the change.
/// wait until its comparison was safe would be slower for it.
struct ShadowOccasion: Sendable {
    let tenant: Identifier<Tenant>
    let rule: LiveRule
    let occasion: Occasion
    let cause: Identifier<EventRecord>?
    let depth: Int
    let now: Date
    let live: LiveSide?
}

/// Occasions that wait for their shadows; in a storm some are only counted.
final class ShadowOccasions: Sendable {
    struct Shadow: Hashable {
        let tenant: Identifier<Tenant>
        let script: Identifier<Script>
        let version: Int
    }

    private struct State {
        var waiting: [ShadowOccasion] = []
        var missed: [Shadow: Int] = [:]
    }

    private static let limit = 200

    private let state = Mutex(State())
    let signal = Signal()

    func add(_ occasion: ShadowOccasion) {
        state.withLock { state in
            if state.waiting.count < Self.limit {
                state.waiting.append(occasion)
            } else {
                state.missed[occasion.shadow, default: 0] += 1
            }
        }
        signal.ring()
    }

    func miss(_ shadow: Shadow, _ count: Int = 1) { state.withLock { $0.missed[shadow, default: 0] += count } }

    func takeAll() -> [ShadowOccasion] {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    func takeMissed() -> [Shadow: Int] {
        state.withLock { state in
            defer { state.missed = [:] }
            return state.missed
        }
    }
}

extension ShadowOccasion {
    fileprivate var shadow: ShadowOccasions.Shadow { .init(tenant: tenant, script: rule.script, version: rule.number) }
}

extension RuleGate {
    /// Runs the shadows of `before` rules one after another, so that they use at most one runner.
    func runShadows() async {
        while !Task.isCancelled {
            await shadows.signal.wait(atMost: .seconds(5))
            for waiting in shadows.takeAll() where await !runShadow(waiting) { shadows.miss(waiting.shadow) }
            await countMissed()
        }
    }

    private func runShadow(_ waiting: ShadowOccasion) async -> Bool {
        guard !shadowFuel.isEmpty(for: waiting.tenant, at: waiting.now) else { return false }
        let caller = waiting.rule.caller(in: waiting.tenant, cause: waiting.cause, depth: waiting.depth)
        do {
            try await runShadow(waiting.rule, at: waiting.occasion, beside: waiting.live, now: waiting.now, caller)
            return true
        } catch {
            logger.warning("a shadow could not run", metadata: ["rule": "\(waiting.rule.name)", "error": "\(error)"])
            return false
        }
    }

    private func countMissed() async {
        guard let learned else { return }
        for (shadow, count) in shadows.takeMissed() {
            do {
                _ = try await learned.store.query(as: SystemActor(tenant: shadow.tenant), ShadowQueries.miss(count, shadow))
            } catch {
                shadows.miss(shadow, count)
            }
        }
    }

    /// With the live version's random seed, time and answers, so that only their decisions can differ.
    func runShadow(
        _ rule: LiveRule,
        at occasion: Occasion,
        beside live: LiveSide?,
        now: Date,
        _ caller: Caller
    ) async throws(Failure) {
        guard let learned else { return }
        let answers = Dictionary((live?.exchanges ?? []).map { ($0.read, $0.answer) }, uniquingKeysWith: { first, _ in first })
        let receipt = try await learned.store.transaction(as: SystemActor(caller)) { tx in
            let host = RuleHost(learned, caller: caller.joining(tx), known: answers)
            let receipt = try await run(rule, at: occasion, now: live?.ranAt ?? now, seed: live?.seed, host: host, in: tx)
            if let trouble = host.trouble { throw trouble }
            return receipt
        }
        shadowFuel.spend(receipt.result.fuel, for: caller.tenant, at: now)
        try await record(receipt.comparing(live), of: caller.tenant)
    }
}
