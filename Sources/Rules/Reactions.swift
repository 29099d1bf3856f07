import Foundation
import Kernel
import Postgres

extension Rules {
    /// Salesforce cuts at 16, Tenure at 8: what is deeper was never meant.
    private static let deepest = 8
    /// How often a run is tried that lost its values in the store to another.
    private static let rounds = 5
    /// What has no fuel waits for the next minute.
    private static let pause: TimeInterval = 30

    func react(_ work: React, as actor: SystemActor) async throws {
        let rows = try await store.query(as: actor, RunQueries.event(work.event, tenant: actor.tenant))
        guard let event = try rows.decoded(RecordedEvent.init).first else { return }
        let rules = try await liveRules(actor).waiting(.on, for: event.name)
        try await perform(rules, at: Occasion(event), putOff: work, actor)
    }

    func tick(_ work: Tick, as actor: SystemActor) async throws {
        guard let due = try await due(work, actor) else { return }
        let rules = try await liveRules(actor).waiting(.every, for: work.interval).filter { $0.script == work.script }
        let occasion = Occasion(hook: .every, name: work.interval, key: "\(work.interval) \(Timestamp.text(due))", depth: 1)
        var later = work
        later.due = due
        try await perform(rules, at: occasion, putOff: later, actor)
    }

    private func due(_ work: Tick, _ actor: SystemActor) async throws(Failure) -> Date? {
        if let due = work.due { return due }
        let rows = try await store.query(as: actor, RunQueries.due(work, tenant: actor.tenant))
        return try rows.decoded { try $0("due") as Date }.first
    }

    private func liveRules(_ actor: SystemActor) async throws(Failure) -> TenantRules {
        guard let learned = gate.learned else { throw .unavailable }
        return try await gate.live.rules(of: actor.tenant, vocabulary: learned.operations.vocabulary) { statement throws(Failure) in
            try await store.query(as: actor, statement)
        }
    }

    /// Each rule in a transaction of its own; one that fails for our reasons doesn't keep the others from running.
    private func perform(_ rules: [LiveRule], at occasion: Occasion, putOff work: some Work, _ actor: SystemActor) async throws {
        guard !rules.isEmpty else { return }
        let rows = try await store.query(as: actor, RunQueries.done(occasion.key, hook: occasion.hook, tenant: actor.tenant))
        let done: Set<UUID> = Set(try rows.decoded { try $0("script_id") as UUID })
        var trouble: (any Error)?
        for rule in rules where !done.contains(rule.script.uuid) {
            if gate.fuel.isEmpty(for: actor.tenant, at: store.clock.now()) {
                let time = store.clock.now().addingTimeInterval(Self.pause)
                return try await store.transaction(as: actor) { tx in
                    try await tx.enqueue(work, WorkOptions(notBefore: time, uniqueKey: "\(occasion.key) put off"))
                }
            }
            do { try await perform(rule, at: occasion, in: actor.tenant) } catch { trouble = trouble ?? error }
        }
        if let trouble { throw trouble }
    }

    private func perform(_ rule: LiveRule, at occasion: Occasion, in tenant: Identifier<Tenant>) async throws(Failure) {
        guard occasion.depth <= Self.deepest else {
            return try await gate.record(Receipt(tooDeep: occasion, for: rule, at: store.clock.now()), of: tenant)
        }
        for _ in 0..<Self.rounds {
            do throws(Failure) {
                let receipt = try await attempt(rule, at: occasion, in: tenant)
                if receipt.outcome != .completed { try await gate.record(receipt, of: tenant) }
                return
            } catch {
                if error.code == Failure.storeChanged.code { continue }
                if error.code == Failure.alreadyRan.code { return }
                guard let refused = error.cause as? RefusedRun else { throw error }
                return try await gate.record(refused.receipt.refused(error), of: tenant)
            }
        }
        throw .storeChanged
    }

    /// The run, its reads and its effects in one transaction. The connection is taken before the runner, as in a `before` run:
    /// the other way round, the two kinds could wait for each other.
    private func attempt(_ rule: LiveRule, at occasion: Occasion, in tenant: Identifier<Tenant>) async throws(Failure) -> Receipt {
        guard let learned = gate.learned else { throw .unavailable }
        let caller = rule.caller(in: tenant, cause: occasion.event, depth: occasion.depth)
        return try await store.transaction(as: SystemActor(caller)) { tx in
            let host = RuleHost(learned, caller: caller.joining(tx))
            let receipt = try await gate.run(rule, at: occasion, now: tx.now, host: host)
            gate.fuel.spend(receipt.result.instructions, for: tenant, at: tx.now)
            if let trouble = host.trouble { throw trouble }
            if receipt.outcome == .completed {
                try await EffectApplication(receipt: receipt, operations: learned.operations, caller: caller, transaction: tx).apply()
            }
            return receipt
        }
    }
}
