import Foundation
import Kernel
import Postgres

/// What a handler reacts to in the past: an event, or the proposal that led to it.
struct ReplayPoint: Sendable {
    let hook: RunnerHook
    /// Of the event or proposal that the handler waits for.
    let name: String
    /// The event in the log.
    let event: String
    let amendable: [String]
    /// The proposal's payload, made from the event's.
    let proposal: (@Sendable (Data) throws -> JSON)?

    /// What the script sees, exactly as live rules get it.
    func occasion(_ event: PastEvent) throws -> Occasion {
        guard let proposal else { return Occasion(event.recorded) }
        return Occasion(
            hook: .before,
            name: name,
            key: "",
            table: try proposal(event.bytes).with(["name": .string(name), "actor": event.actor]),
            amendable: amendable
        )
    }
}

/// An event in the log and what followed.
struct PastEvent: Sendable {
    let id: Identifier<EventRecord>
    let name: String
    let subject: EventSubject
    let actor: JSON
    let isByUser: Bool
    let depth: Int
    let bytes: Data
    let payload: JSON
    let occurredAt: Date
    /// What a rule of the script did in answer to it.
    let ruleDid: [JSON]
    /// The subject's status before, where it has one.
    let formerStatus: String?
    /// The statuses that it got later, in order.
    let laterStatuses: [String]
    /// Those of them that people set.
    let decidedStatuses: [String]

    var cursor: ReplayCursor { ReplayCursor(at: occurredAt, event: id) }

    var recorded: RecordedEvent {
        RecordedEvent(id: id, name: name, actor: actor, depth: depth, payload: payload, occurredAt: occurredAt)
    }

    /// The subject as the event tells it.
    var entity: JSON? { payload[subject.kind] }

    var label: String { entity?.label ?? "" }

    /// The same random seed each time the event is replayed.
    var seed: Int {
        withUnsafeBytes(of: id.uuid.uuid) { bytes in bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & Int(Int32.max) } }
    }
}

extension HookCatalogue {
    /// What a draft's handlers react to in the past, without schedules and proposals that no event tells about.
    func replayPoints(_ handlers: [ScriptHandler]) -> [ReplayPoint] {
        handlers.compactMap { handler in
            switch handler.hook {
            case .every: nil
            case .on: ReplayPoint(hook: .on, name: handler.name, event: handler.name, amendable: [], proposal: nil)
            case .before:
                origins[handler.name].map { origin in
                    ReplayPoint(
                        hook: .before,
                        name: handler.name,
                        event: origin.event,
                        amendable: proposals[handler.name]?.amendable ?? [],
                        proposal: origin.proposal
                    )
                }
            }
        }
    }
}

/// How to rebuild a proposal from the event it led to.
struct ProposalOrigin: Sendable {
    let event: String
    let proposal: @Sendable (Data) throws -> JSON

    init<P: ReplayableProposal>(_ type: P.Type) {
        event = P.Outcome.name
        proposal = { payload in try JSON(encoding: P(before: Wire.decode(P.Outcome.self, from: payload))) }
    }
}

extension JSON {
    /// A name for people to read: that of the thing and its closest parts, or those that stand beside their ids, such as `jobTitle`.
    var label: String {
        guard case .object(let object) = self else { return "" }
        let members = object.sorted { $0.key < $1.key }
        let parts = ([self] + members.map(\.value)).compactMap { $0["name"]?.string ?? $0["title"]?.string }
        let beside = members.filter { $0.key.hasSuffix("Name") || $0.key.hasSuffix("Title") }.compactMap(\.value.string)
        return (parts.isEmpty ? beside : parts).joined(separator: ", ")
    }
}

extension Row {
    /// Nil where there is nothing to name.
    func label(_ column: String) throws -> String? {
        let label = try raw(column).map { try JSON(parsing: $0).label } ?? ""
        return label.isEmpty ? nil : label
    }
}
