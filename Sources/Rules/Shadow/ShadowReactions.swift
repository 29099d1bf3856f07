import Foundation
import Kernel
import Postgres

/// Runs the shadows for an event or a time, once the live rules have finished.
struct RunShadows: Work {
    static let name = "rules.run_shadows"
    static let lane = Lane.quick
    static let attempts = 3
    let event: Identifier<EventRecord>?
    let tick: Tick?

    fileprivate var key: String {
        let time = tick.map { "\($0.script) \($0.interval) \($0.due.map(Timestamp.text) ?? "")" }
        return event?.description ?? time ?? ""
    }
}

extension Rules {
    /// After everything else in the queue.
    private static let priority = 500

    func enqueueShadows(of rules: [LiveRule], _ work: RunShadows, _ actor: SystemActor) async throws(Failure) {
        guard !rules.isEmpty else { return }
        try await store.transaction(as: actor) { tx in
            try tx.enqueue(work, WorkOptions(priority: Self.priority, uniqueKey: work.key))
        }
    }

    func runShadows(_ work: RunShadows, as actor: SystemActor) async throws {
        let rules = try await liveRules(actor)
        if let id = work.event {
            let rows = try await store.query(as: actor, RunQueries.event(id, tenant: actor.tenant))
            guard let event = try rows.decoded(RecordedEvent.init).first else { return }
            try await runShadows(rules.shadows(.on, for: event.name), at: Occasion(event), putOff: work, actor)
        } else if let tick = work.tick, let due = tick.due {
            let shadows = rules.shadows(.every, for: tick.interval).filter { $0.script == tick.script }
            try await runShadows(shadows, at: Occasion(tick, due: due), putOff: work, actor)
        }
    }

    /// Shadows have their own fuel, so that they take none from live rules.
    private func runShadows(_ rules: [LiveRule], at occasion: Occasion, putOff work: RunShadows, _ actor: SystemActor) async throws {
        guard occasion.depth <= Self.deepest else { return }
        let done = try await scripts(doneWith: occasion, .shadow, actor)
        for rule in rules where !done.contains(rule.script.uuid) {
            let now = store.clock.now()
            if gate.shadowFuel.isEmpty(for: actor.tenant, at: now) {
                let options = WorkOptions(
                    priority: Self.priority,
                    notBefore: now.addingTimeInterval(Self.pause),
                    uniqueKey: "\(work.key) put off"
                )
                return try await store.transaction(as: actor) { tx in try tx.enqueue(work, options) }
            }
            let rows = try await store.query(as: actor, ShadowQueries.live(rule.script, occasion, tenant: actor.tenant))
            let live = try rows.decoded(LiveSide.init).first
            let caller = rule.caller(in: actor.tenant, cause: occasion.event, depth: occasion.depth)
            try await gate.runShadow(rule, at: occasion, beside: live, now: now, caller)
        }
    }
}
