import Foundation
import Kernel

/// A draft's verdict on a subject that moves through statuses, and what people then decided.
struct ReplayVerdict: Sendable {
    let subject: UUID
    let verdict: Verdict
    let decision: HumanDecision

    var json: JSON {
        [
            "subject": .string(subject.uuidString.lowercased()), "verdict": .string(verdict.rawValue),
            "people": .string(decision.rawValue),
        ]
    }
}

/// How far each status of the tenant takes something, and which events set one.
struct ReplayJourney: Sendable {
    let outcomes: [String: StatusOutcome]
    /// The kinds of subject by the names of their events.
    let statusEvents: [String: String]
    private let kinds: Set<String>

    init(outcomes: [String: StatusOutcome], statusEvents: [String: String]) {
        self.outcomes = outcomes
        self.statusEvents = statusEvents
        kinds = Set(statusEvents.values)
    }

    /// Nil if its subject has no statuses.
    func verdict(_ run: ReplayedRun, _ operations: LuaOperations) -> ReplayVerdict? {
        guard kinds.contains(run.event.subject.kind) else { return nil }
        return ReplayVerdict(subject: run.event.subject.id, verdict: says(run, operations), decision: decided(run))
    }

    private func says(_ run: ReplayedRun, _ operations: LuaOperations) -> Verdict {
        if run.outcome == .rejected {
            guard case .reached? = ownStatus(run.event).flatMap({ outcomes[$0] }) else { return .none }
            return .reject
        }
        guard run.outcome == .completed else { return .none }
        let statuses = run.worldlyEffects.compactMap { run.status(after: $0, operations) }
        switch statuses.last.flatMap({ outcomes[$0] }) {
        case .rejected: return .reject
        case .reached(let place) where place > stood(run): return .advance
        default: return .none
        }
    }

    /// The first decision that moved the subject forward or out.
    private func decided(_ run: ReplayedRun) -> HumanDecision {
        var statuses = run.event.decidedStatuses
        if run.point.hook == .before, run.event.isByUser, let own = ownStatus(run.event) { statuses.insert(own, at: 0) }
        for status in statuses {
            switch outcomes[status] {
            case .rejected: return .rejected
            case .withdrawn: return .withdrawn
            case .reached(let place) where place > stood(run): return .advanced
            default: continue
            }
        }
        return .undecided
    }

    /// How far the subject had come when the draft ran.
    private func stood(_ run: ReplayedRun) -> Int {
        let own = run.point.hook == .before ? nil : ownStatus(run.event)
        guard case .reached(let place)? = (own ?? run.event.formerStatus).flatMap({ outcomes[$0] }) else { return 0 }
        return place
    }

    /// The status that the event set, if it sets one.
    private func ownStatus(_ event: PastEvent) -> String? {
        statusEvents[event.name] == nil ? nil : event.entity?["status"]?.string
    }
}
