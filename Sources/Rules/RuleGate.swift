import Foundation
package import Kernel
package import Logging
import Metrics
import Synchronization

/// Puts each proposed change before the tenant's `before` rules. The store needs it, and operations need the store, so it is given both
/// once everything is composed; until then there are no rules.
package final class RuleGate: ProposalGate {
    struct Learned {
        let operations: LuaOperations
        /// Additional operations for scripts of the console.
        let consoleOperations: LuaOperations
        let hooks: HookCatalogue
        let store: TenantStore
    }

    static let channel = "tenure_rules"

    let runners: RunnerPool
    let live = LiveRules()
    let fuel = FuelBucket()
    /// One check or dry run per tenant at a time: each holds a runner, and some a database connection, while its script may loop.
    let trials = KeyedMutex<Identifier<Tenant>>()
    let pending = PendingReceipts()
    let shadows = ShadowOccasions()
    let shadowFuel = FuelBucket(share: FuelBucket.share / 5)
    let logger: Logger
    private let learning = Mutex<Learned?>(nil)
    /// How long operations wait for the rules that judge them.
    private let waited = Metrics.Timer(label: "tenure_rules_wait_seconds")

    package init(runners: RunnerPool, logger: Logger) {
        self.runners = runners
        self.logger = logger
    }

    /// Call this once, before anything is served.
    package func learn(_ capabilities: Capabilities, store: TenantStore) throws {
        let operations = capabilities.operations
        let learned = Learned(
            operations: LuaOperations(operations),
            consoleOperations: LuaOperations(operations, for: .console),
            hooks: try HookCatalogue(events: capabilities.events, proposals: capabilities.proposals),
            store: store
        )
        learning.withLock { $0 = learned }
    }

    var learned: Learned? { learning.withLock { $0 } }

    package func consider(_ proposal: ProposedChange, in transaction: TenantTransaction) async throws(Failure) -> JSON {
        guard let learned else { return proposal.payload }
        let rules = try await live.rules(of: transaction.tenant, vocabulary: learned.operations.vocabulary) { statement throws(Failure) in
            try await transaction.query(statement)
        }
        let shadows = rules.shadows(.before, for: proposal.name)
        let waiting = rules.waiting(.before, for: proposal.name)
        let start = ContinuousClock.now
        defer { if !waiting.isEmpty { waited.record(duration: start.duration(to: .now)) } }
        var payload = proposal.payload
        for rule in waiting {
            let occasion = Occasion(proposal, payload: payload, by: transaction.caller.actor)
            let receipt = try await attempt(rule, at: occasion, learned, transaction)
            if !transaction.isTrial {
                for shadow in shadows where shadow.script == rule.script { ask(shadow, at: occasion, beside: receipt, transaction) }
            }
            if let receipt { payload = try await follow(receipt, payload, transaction) }
        }
        guard !transaction.isTrial else { return payload }
        let live = Set(waiting.map(\.script))
        for shadow in shadows where !live.contains(shadow.script) {
            ask(shadow, at: Occasion(proposal, payload: payload, by: transaction.caller.actor), beside: nil, transaction)
        }
        return payload
    }

    /// Nil if no runner could take it and the rule allows the change then.
    private func attempt(
        _ rule: LiveRule,
        at occasion: Occasion,
        _ learned: Learned,
        _ transaction: TenantTransaction
    ) async throws(Failure) -> Receipt? {
        let caller = rule.caller(in: transaction.tenant, cause: transaction.caller.cause, depth: transaction.caller.depth)
        let host = RuleHost(learned, caller: caller.joining(transaction))
        do throws(Failure) {
            let receipt = try await run(rule, at: occasion, now: transaction.now, host: host, in: transaction)
            if let trouble = host.trouble { throw trouble }
            fuel.spend(receipt.result.fuel, for: transaction.tenant)
            return receipt
        } catch {
            guard host.trouble == nil, rule.onError == .allow else { throw error }
            logger.error("a rule could not run", metadata: ["rule": "\(rule.name)", "error": "\(error)"])
            return nil
        }
    }

    /// The payload with the rule's amendments.
    private func follow(_ receipt: Receipt, _ payload: JSON, _ transaction: TenantTransaction) async throws(Failure) -> JSON {
        let rule = receipt.rule
        switch receipt.result.outcome {
        case .completed(let amendments):
            transaction.queue(RunQueries.insert(receipt, tenant: transaction.tenant))
            return payload.amended(with: amendments, where: receipt.occasion.amendable)
        case .rejected(let reason, let code):
            // The change's transaction ends here, and nothing written in it is kept.
            if !transaction.isTrial { pending.add(receipt, of: transaction.tenant) }
            throw .rejected(by: rule, reason: reason, code: code)
        case .failed, .killed:
            if !transaction.isTrial { pending.add(receipt, of: transaction.tenant) }
            guard rule.onError == .allow else { throw .ruleFailed(rule) }
            return payload
        }
    }

    /// Asks the shadow after the change, which doesn't wait for it.
    private func ask(_ shadow: LiveRule, at occasion: Occasion, beside receipt: Receipt?, _ transaction: TenantTransaction) {
        shadows.add(
            ShadowOccasion(
                tenant: transaction.tenant,
                rule: shadow,
                occasion: occasion,
                cause: transaction.caller.cause,
                depth: transaction.caller.depth,
                now: transaction.now,
                live: receipt.map(LiveSide.init)
            )
        )
    }

    /// One run with its receipt, which has not been stored. The connection is taken before the runner: otherwise runs that hold a runner
    /// and wait for a connection could wait for those that hold a connection and wait for a runner.
    func run(
        _ rule: LiveRule,
        at occasion: Occasion,
        now: Date,
        seed: Int? = nil,
        host: RuleHost,
        in transaction: TenantTransaction
    ) async throws(Failure) -> Receipt {
        try await transaction.begin()
        let seed = seed ?? Int.random(in: 0...Int(Int32.max))
        let request = RunnerRequest(of: rule.script.description, at: occasion, now: now, seed: seed)
        do throws(RunnerPoolError) {
            let result = try await runners.run(request, of: rule.program) { read in await host.answer(read) }
            let outcome = result.outcome.words.outcome.rawValue
            Counter(label: "tenure_rule_runs_total", dimensions: [("hook", occasion.hook.rawValue), ("outcome", outcome)]).increment()
            return Receipt(result, of: rule, at: occasion, seed: seed, ranAt: now)
        } catch {
            throw .noRunner(error)
        }
    }
}

extension JSON {
    fileprivate func amended(with amendments: [String: JSON], where amendable: [String]) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.merging(amendments.filter { amendable.contains($0.key) }) { _, new in new })
    }
}
