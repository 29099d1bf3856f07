import Foundation
import Kernel
import Logging
import Synchronization

/// What a guard's shadow is to be asked, after the change and outside its transaction. It may be lost with the process: nothing hangs on it.
struct ShadowOccasion: Sendable {
    let tenant: Identifier<Tenant>
    let rule: LiveRule
    let occasion: Occasion
    let cause: Identifier<EventRecord>?
    let depth: Int
    let now: Date
    let live: LiveSide?
}

/// Occasions that wait for their shadows; in a storm some are not looked at.
final class ShadowOccasions: Sendable {
    private static let limit = 200

    private let waiting = Mutex<[ShadowOccasion]>([])
    let signal = Signal()

    func add(_ occasion: ShadowOccasion) {
        let isTaken = waiting.withLock { waiting in
            guard waiting.count < Self.limit else { return false }
            waiting.append(occasion)
            return true
        }
        if isTaken { signal.ring() }
    }

    func takeAll() -> [ShadowOccasion] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}

extension RuleGate {
    /// Runs guards' shadows one after the other, so that at most one runner is busy with them.
    func runShadows() async {
        while !Task.isCancelled {
            await shadows.signal.wait(atMost: .seconds(5))
            for waiting in shadows.takeAll() where !shadowFuel.isEmpty(for: waiting.tenant, at: waiting.now) {
                let caller = waiting.rule.caller(in: waiting.tenant, cause: waiting.cause, depth: waiting.depth)
                do {
                    try await runShadow(waiting.rule, at: waiting.occasion, beside: waiting.live, now: waiting.now, caller)
                } catch {
                    logger.warning("a shadow could not run", metadata: ["rule": "\(waiting.rule.name)", "error": "\(error)"])
                }
            }
        }
    }

    /// With the chance, the time and the answers that the live version had, so that only what they decide can differ.
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
            let receipt = try await run(rule, at: occasion, now: live?.ranAt ?? now, seed: live?.seed, host: host)
            if let trouble = host.trouble { throw trouble }
            return receipt
        }
        shadowFuel.spend(receipt.result.fuel, for: caller.tenant, at: now)
        try await record(receipt.comparing(live), of: caller.tenant)
    }
}
