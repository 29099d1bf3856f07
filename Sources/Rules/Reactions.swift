import Foundation
import Kernel
import Postgres

extension Rules {
    /// Salesforce stops at 16, Tenure at 8: deeper chains are never intended.
    static let deepest = 8
    /// How often a run is tried whose values in the store another one changed.
    private static let rounds = 5
    /// Runs without fuel wait for the next minute.
    static let pause: TimeInterval = 30

    func react(_ work: React, as actor: SystemActor) async throws {
        let rows = try await store.query(as: actor, RunQueries.event(work.event, tenant: actor.tenant))
        guard let event = try rows.decoded(RecordedEvent.init).first else { return }
        let rules = try await liveRules(actor)
        let occasion = Occasion(event)
        guard try await perform(rules.waiting(.on, for: event.name), at: occasion, putOff: work, actor) else { return }
        try await enqueueShadows(of: rules.shadows(.on, for: event.name), RunShadows(event: event.id, tick: nil), actor)
    }

    func tick(_ work: Tick, as actor: SystemActor) async throws {
        guard let due = try await due(work, actor) else { return }
        let rules = try await liveRules(actor)
        let occasion = Occasion(work, due: due)
        var dated = work
        dated.due = due
        let waiting = rules.waiting(.every, for: work.interval).filter { $0.script == work.script }
        guard try await perform(waiting, at: occasion, putOff: dated, actor) else { return }
        let shadows = rules.shadows(.every, for: work.interval).filter { $0.script == work.script }
        try await enqueueShadows(of: shadows, RunShadows(event: nil, tick: dated), actor)
    }

    private func due(_ work: Tick, _ actor: SystemActor) async throws(Failure) -> Date? {
        if let due = work.due { return due }
        let rows = try await store.query(as: actor, RunQueries.due(work, tenant: actor.tenant))
        return try rows.decoded { try $0("due") as Date }.first
    }

    func liveRules(_ actor: SystemActor) async throws(Failure) -> TenantRules {
        guard let learned = gate.learned else { throw .unavailable }
        return try await gate.live.rules(of: actor.tenant, vocabulary: learned.operations.vocabulary) { statement throws(Failure) in
            try await store.query(as: actor, statement)
        }
    }

    func scripts(doneWith occasion: Occasion, _ mode: RunMode, _ actor: SystemActor) async throws(Failure) -> Set<UUID> {
        let rows = try await store.query(as: actor, RunQueries.done(occasion, mode, tenant: actor.tenant))
        return Set(try rows.decoded { try $0("script_id") as UUID })
    }

    /// Each rule runs in a transaction of its own; one that fails for our reasons doesn't keep the others from running. False if some were
    /// put off.
    private func perform(_ rules: [LiveRule], at occasion: Occasion, putOff work: some Work, _ actor: SystemActor) async throws -> Bool {
        guard !rules.isEmpty else { return true }
        let done = try await scripts(doneWith: occasion, .live, actor)
        var trouble: (any Error)?
        for rule in rules where !done.contains(rule.script.uuid) {
            if gate.fuel.isEmpty(for: actor.tenant, at: store.clock.now()) {
                let time = store.clock.now().addingTimeInterval(Self.pause)
                try await store.transaction(as: actor) { tx in
                    try tx.enqueue(work, WorkOptions(notBefore: time, uniqueKey: "\(occasion.key) put off"))
                }
                return false
            }
            do { try await perform(rule, at: occasion, in: actor.tenant) } catch { trouble = trouble ?? error }
        }
        if let trouble { throw trouble }
        return true
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
                if error.code == Failure.storeChanged.code || error.code == Failure.radiusPassed.code { continue }
                if error.code == Failure.alreadyRan.code { return }
                guard let refused = error.cause as? RefusedRun else { throw error }
                return try await gate.record(refused.receipt.refused(error), of: tenant)
            }
        }
        throw .storeChanged
    }

    /// The run, its reads and its effects in one transaction. The connection is taken before the runner, as in a `before` run: otherwise
    /// the two kinds could wait for each other.
    private func attempt(_ rule: LiveRule, at occasion: Occasion, in tenant: Identifier<Tenant>) async throws(Failure) -> Receipt {
        guard let learned = gate.learned else { throw .unavailable }
        let caller = rule.caller(in: tenant, cause: occasion.event, depth: occasion.depth)
        return try await store.transaction(as: SystemActor(caller)) { tx in
            let host = RuleHost(learned, caller: caller.joining(tx))
            let receipt = try await gate.run(rule, at: occasion, now: tx.now, host: host, in: tx)
            gate.fuel.spend(receipt.result.fuel, for: tenant, at: tx.now)
            if let trouble = host.trouble { throw trouble }
            if receipt.outcome == .completed { try await settle(receipt, learned, caller, tx) }
            return receipt
        }
    }

    /// Applies a completed run's effects together with its receipt. Those of a rule over its limit wait, except writes to the store:
    /// without these its runs couldn't see what earlier ones had stored, and in the end only one of them could be released.
    private func settle(_ receipt: Receipt, _ learned: RuleGate.Learned, _ caller: Caller, _ tx: TenantTransaction) async throws {
        guard !receipt.result.effects.isEmpty else {
            tx.queue(RunQueries.insert(receipt, tenant: tx.tenant))
            return
        }
        let script = receipt.rule.script
        guard let row = try await tx.first(RadiusQueries.standing(script, at: tx.now, tenant: tx.tenant)) else { return }
        let radius = try BlastRadius(row)
        let count = receipt.countedEffects
        guard count == 0 || radius.admits(count) else {
            try await apply(receipt.result.effects.filter(\.isMemory), of: receipt, learned, caller, tx)
            return try await gate.hold(receipt, past: radius, learned, tx)
        }
        try await apply(receipt.result.effects, of: receipt, learned, caller, tx)
        tx.queue(RunQueries.insert(receipt, tenant: tx.tenant))
        guard count > 0, let total: Int = try await tx.first(RadiusQueries.spend(count, of: script, tx))?("effects") else { return }
        guard radius.spent - radius.spentThisMinute + total <= radius.cap else { throw Failure.radiusPassed }
    }

    private func apply(
        _ effects: [RunnerEffect],
        of receipt: Receipt,
        _ learned: RuleGate.Learned,
        _ caller: Caller,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        let effects = EffectApplication(
            effects: effects,
            reads: receipt.result.reads,
            grants: receipt.rule.grants,
            operations: learned.operations,
            caller: caller,
            transaction: tx
        )
        do throws(Failure) { try await effects.apply() } catch { throw error.refusing(receipt) }
    }
}
