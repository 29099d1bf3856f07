import Foundation
package import Kernel

struct DryRunScript: Codable, Sendable {
    let source: LuaSource
    /// The name of an event or a proposal, or an interval. If left out: that of `eventId`.
    let event: Text<100>?
    /// If left out: taken from the name.
    let kind: RunnerHook?
    /// The payload; if left out: the declared sample.
    let payload: [String: JSON]?
    /// An event that did happen.
    let eventId: Identifier<EventRecord>?
    let grants: List<Text<100>, 100>?
}

/// What a run would have done. None of it happened.
package struct DryRunReport: Codable, Sendable {
    package let hook: RunnerHook
    package let event: String
    /// Whether the script has a handler for it.
    package let isHandled: Bool
    /// All that the script waits for.
    package let handlers: [ScriptHandler]
    package let outcome: RunOutcome
    package let reason: String?
    package let code: String?
    package let amendments: [String: JSON]
    package let effects: [PlannedEffect]
    package let log: [String]
    package let readFields: [String]
    package let instructions: Int
    package let memoryPeak: Int
    package let durationMicroseconds: Int
    package let problems: [ScriptProblem]
}

/// An effect that was asked for; `problems` are those of its arguments.
package struct PlannedEffect: Codable, Sendable {
    package let operation: String
    package let entity: String?
    package let id: String?
    /// What people call it, if that is known.
    package let label: String?
    package let arguments: [String: JSON]
    package let problems: [String: JSON]?
    /// Nil if it was not tried at all.
    package let fate: EffectFate?
}

/// What would become of an effect.
package enum EffectFate: String, Codable, CaseIterable, Sendable {
    /// It happens, together with the others of its run.
    case happens
    /// It is not possible, and so none of its run's effects happen.
    case refused
    /// It doesn't happen because another one is refused.
    case undone
    /// Its subject is made up: only its arguments were checked.
    case untried
}

extension Rules {
    func dryRun(_ input: DryRunScript, by admin: TenantAdmin) async throws(Failure) -> DryRunReport {
        guard let learned = gate.learned else { throw .unavailable }
        try checkGrants(input.grants?.names)
        if input.eventId != nil { try admin.caller.requireScope(.readEvents) }
        let occasion = try await occasion(input, admin)
        let draft = SourceDraft(name: "draft", kind: .rule, source: input.source.text, grants: input.grants?.names)
        let libraries = try await libraries(admin)
        await gate.trials.lock(admin.tenant)
        defer { gate.trials.unlock(admin.tenant) }
        let checked = try await check(draft, libraries: libraries, of: admin.tenant.description)
        let rule = LiveRule(draft, modules: checked.modules, of: admin.tenant, vocabulary: learned.operations.vocabulary)
        let caller = rule.caller(in: admin.tenant, cause: occasion.event, depth: occasion.depth).limited(to: admin.caller.key)
        let madeUp = input.eventId == nil || input.payload != nil ? occasion.table.ids : []
        let (result, verdict) = checked.loads ? try await run(rule, at: occasion, madeUp: madeUp, learned, caller) : (.endlessLoading, nil)
        if checked.handles(occasion), result.outcome.hasBegun {
            let trial = Trial(
                kind: .dryRun,
                triedBy: admin.caller.user,
                triedAt: store.clock.now(),
                readFields: result.readFields,
                effectsPerHour: nil,
                refused: verdict?.refusal == nil ? [] : [occasion.name]
            )
            let digest = draft.digest(checked.modules)
            _ = try await store.query(as: admin, TrialQueries.record(trial, for: [occasion.name], of: digest, tenant: admin.tenant))
        }
        let unknown = UnknownFields(hooks: hooks, operations: learned.operations)
        let problems = checked.problems + unknown.problems(of: result, at: occasion, in: draft)
        return DryRunReport(result, verdict, at: occasion, checked, problems: problems, learned.operations)
    }

    /// What would become of a run's effects, by applying them in a transaction of which nothing is kept.
    private func tryEffects(
        of result: RunnerResult,
        _ rule: LiveRule,
        madeUp: Set<String>,
        _ learned: RuleGate.Learned,
        _ caller: Caller,
        _ tx: TenantTransaction
    ) async throws(Failure) -> EffectsVerdict? {
        guard case .completed = result.outcome, !result.effects.isEmpty else { return nil }
        let application = EffectApplication(
            effects: result.effects,
            reads: result.reads,
            grants: rule.grants,
            operations: learned.operations,
            caller: caller,
            transaction: tx,
            madeUp: madeUp
        )
        do throws(Failure) {
            let untried = try await application.apply()
            try await tx.checkAll()
            return EffectsVerdict(fates: result.effects.indices.map { untried.contains($0) ? .untried : .happens }, refusal: nil)
        } catch {
            if error.isOurs { throw error }
            let fates = result.effects.indices.map { error.details["effect"] == .integer($0) ? EffectFate.refused : .undone }
            return EffectsVerdict(fates: fates, refusal: error)
        }
    }

    private func run(
        _ rule: LiveRule,
        at occasion: Occasion,
        madeUp: Set<String>,
        _ learned: RuleGate.Learned,
        _ caller: Caller
    ) async throws(Failure) -> (RunnerResult, EffectsVerdict?) {
        try await store.trial(as: SystemActor(caller)) { tx in
            // The connection before the runner, as in every run.
            try await tx.begin()
            let result = try await dryRun(rule, at: occasion, host: RuleHost(learned, caller: caller.joining(tx)))
            // What a key may not do says nothing about what the rule may.
            guard caller.key == nil else { return (result, nil) }
            return (result, try await tryEffects(of: result, rule, madeUp: madeUp, learned, caller, tx))
        }
    }

    private func dryRun(_ rule: LiveRule, at occasion: Occasion, host: RuleHost) async throws(Failure) -> RunnerResult {
        let request = RunnerRequest(of: SourceDraft.id, at: occasion, now: store.clock.now(), seed: Int.random(in: 0...Int(Int32.max)))
        let entities = MadeUpEntities(occasion: occasion, operations: try luaOperations())
        do throws(RunnerPoolError) {
            return try await gate.runners.run(request, of: rule.program) { read in entities.answer(read, else: await host.answer(read)) }
        } catch .programTooLarge {
            return RunnerResult(outcome: .failed(RunnerFault(kind: .load, message: "The script and its libraries are too large together.")))
        } catch {
            throw .noRunner(error)
        }
    }

    /// A past event as it was, or a made-up one.
    private func occasion(_ input: DryRunScript, _ admin: TenantAdmin) async throws(Failure) -> Occasion {
        var past: RecordedEvent?
        if let id = input.eventId {
            let rows = try await store.query(as: admin, RunQueries.event(id, tenant: admin.tenant))
            past = try rows.decoded(RecordedEvent.init).first
            if past == nil { throw .eventNotFound }
        }
        guard let name = input.event?.value ?? past?.name else { throw .validation("event", "Name an event, or give the id of one.") }
        guard let hook = input.kind ?? hooks.hook(for: name) else { throw .validation("event", "Event not found.") }
        if let problem = hooks.problem(hook, name) { throw .validation("event", problem) }
        if hook == .every { return Occasion(hook: hook, name: name, key: "", depth: 1) }
        let point = hook == .before ? hooks.proposals[name] : hooks.events[name]
        let payload = input.payload.map(JSON.object) ?? past?.payload ?? point?.sample ?? [:]
        guard hook == .on else {
            return Occasion(
                hook: .before,
                name: name,
                key: "",
                table: payload.with(["name": .string(name), "actor": admin.caller.actor.json]),
                amendable: point?.amendable ?? []
            )
        }
        return Occasion(
            RecordedEvent(
                id: past?.id ?? Identifier(),
                name: name,
                actor: past?.actor ?? admin.caller.actor.json,
                depth: past?.depth ?? 0,
                payload: payload,
                occurredAt: past?.occurredAt ?? store.clock.now()
            )
        )
    }
}

/// What would become of a run's effects, one by one; `refusal` says why they would not happen.
struct EffectsVerdict: Sendable {
    let fates: [EffectFate]
    let refusal: Failure?
}

extension JSON {
    /// All ids in it, at any depth.
    fileprivate var ids: Set<String> {
        switch self {
        case .object(let members):
            members.reduce(into: []) { ids, member in
                if let id = member.value.string, UUID(uuidString: id) != nil { ids.insert(id) } else { ids.formUnion(member.value.ids) }
            }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.ids) }
        default: []
        }
    }
}

extension RunnerResult {
    fileprivate static let endlessLoading = RunnerResult(
        outcome: .failed(RunnerFault(kind: .load, message: "Loading it takes too long, or too much memory."))
    )
}

extension RunnerResult.Outcome {
    /// Whether the handler was run at all.
    fileprivate var hasBegun: Bool {
        guard case .failed(let fault) = self else { return true }
        return fault.kind != .load && fault.kind != .input
    }
}

extension DryRunReport {
    fileprivate init(
        _ result: RunnerResult,
        _ verdict: EffectsVerdict?,
        at occasion: Occasion,
        _ checked: CheckedSource,
        problems: [ScriptProblem],
        _ operations: LuaOperations
    ) {
        let (outcome, reason, code) = result.outcome.words
        var amendments: [String: JSON] = [:]
        if case .completed(let made) = result.outcome { amendments = made }
        self.init(
            hook: occasion.hook,
            event: occasion.name,
            isHandled: checked.handles(occasion),
            handlers: checked.handlers,
            outcome: verdict?.refusal == nil ? outcome : .refused,
            reason: verdict?.refusal?.message ?? reason,
            code: verdict?.refusal?.code ?? code,
            amendments: amendments,
            effects: result.effects.enumerated().map { PlannedEffect($1, operations, verdict?.fates[$0]) },
            log: result.log,
            readFields: result.readFields,
            instructions: result.instructions,
            memoryPeak: result.memoryPeak,
            durationMicroseconds: Int(result.duration / .microseconds(1)),
            problems: problems
        )
    }
}

extension PlannedEffect {
    init(_ effect: RunnerEffect, _ operations: LuaOperations, _ fate: EffectFate? = nil) {
        self.init(
            operation: effect.operation,
            entity: effect.target?.entity,
            id: effect.target?.id,
            label: effect.target?.label,
            arguments: effect.arguments,
            problems: operations[effect.operation]?.refusal(of: effect.input)?.details,
            fate: fate
        )
    }
}
