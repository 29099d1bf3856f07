import Foundation
import Kernel

/// What a rule runs for: a proposal, an event, or a time that has come.
struct Occasion: Sendable {
    let hook: RunnerHook
    /// The name of the proposal or event, or the interval.
    let name: String
    /// A rule runs once for each key.
    let key: String
    var event: Identifier<EventRecord>?
    /// What the script sees.
    var table: JSON = .null
    var amendable: [String] = []
    /// The depth of the event chain for what the rule does.
    var depth = 0
}

extension Occasion {
    init(_ proposal: ProposedChange, payload: JSON, by actor: EventActor) {
        self.init(
            hook: .before,
            name: proposal.name,
            key: UUID().uuidString.lowercased(),
            table: payload.with(["name": .string(proposal.name), "actor": actor.json]),
            amendable: proposal.amendable
        )
    }

    init(_ tick: Tick, due: Date) {
        self.init(hook: .every, name: tick.interval, key: "\(tick.interval) \(Timestamp.text(due))", depth: 1)
    }

    init(_ event: RecordedEvent) {
        self.init(
            hook: .on,
            name: event.name,
            key: event.id.description,
            event: event.id,
            table: event.payload.with([
                "name": .string(event.name), "id": .string(event.id.description), "occurredAt": .string(Timestamp.text(event.occurredAt)),
                "actor": event.actor,
            ]),
            depth: event.depth + 1
        )
    }
}

extension RunnerRequest {
    /// A run of a script for the occasion.
    init(of script: String, at occasion: Occasion, now: Date, seed: Int, limits: RunnerLimits = RunnerLimits()) {
        self.init(
            script: script,
            hook: occasion.hook,
            name: occasion.name,
            event: occasion.table,
            amendable: occasion.amendable,
            now: now.timeIntervalSince1970,
            seed: seed,
            limits: limits
        )
    }
}

/// An event as rules read it from the log.
struct RecordedEvent: Sendable {
    let id: Identifier<EventRecord>
    let name: String
    let actor: JSON
    let depth: Int
    let payload: JSON
    let occurredAt: Date
}

extension EventActor {
    var json: JSON { EventActor.json(kind, id) }

    static func json(_ kind: String, _ id: UUID?) -> JSON {
        ["kind": .string(kind), "id": id.map { .string($0.uuidString.lowercased()) } ?? .null]
    }
}

extension JSON {
    /// The object with more members; existing ones stay.
    func with(_ more: [String: JSON]) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.merging(more) { own, _ in own })
    }
}
