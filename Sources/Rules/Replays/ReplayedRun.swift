import Foundation
import Kernel

/// One run of a draft for a past event, and how it compares with what happened.
struct ReplayedRun: Sendable {
    let point: ReplayPoint
    let event: PastEvent
    /// What the script saw.
    let table: JSON
    let result: RunnerResult
    let outcome: RunOutcome
    let reason: String?
    let isApproximate: Bool

    init(_ point: ReplayPoint, at event: PastEvent, table: JSON, _ result: RunnerResult, isApproximate: Bool, refusal: String? = nil) {
        self.point = point
        self.event = event
        self.table = table
        self.result = result
        self.isApproximate = isApproximate
        let words = result.outcome.words
        outcome = refusal == nil ? words.outcome : .refused
        reason = refusal ?? words.reason
    }

    var isFault: Bool { outcome == .failed || outcome == .refused }

    /// Without writes to the store, which affect nobody.
    var worldlyEffects: [RunnerEffect] { result.effects.filter { !$0.isMemory } }

    /// The fields of a proposal that the draft would have set to something else.
    var amendments: [String: JSON] {
        guard case .completed(let made) = result.outcome else { return [:] }
        return made.filter { table[$0.key] ?? .null != $0.value }
    }

    /// How the draft would have acted differently; empty if the run changes nothing.
    func kinds(_ operations: LuaOperations) -> [DifferenceKind] {
        if isFault { return [.failed] }
        if outcome == .rejected { return [.refused] }
        if !amendments.isEmpty { return [.amended] }
        var gone = event.ruleDid
        var kinds: Set<DifferenceKind> = []
        for effect in worldlyEffects {
            if let index = gone.firstIndex(of: effect.json) {
                gone.remove(at: index)
            } else if !happenedAnyway(effect, operations) {
                kinds.insert(operations.kind(of: effect.operation))
            }
        }
        for effect in gone { kinds.insert(operations.kind(of: effect["operation"]?.string ?? "")) }
        return DifferenceKind.allCases.filter(kinds.contains)
    }

    /// Somebody moved the subject to that status later.
    private func happenedAnyway(_ effect: RunnerEffect, _ operations: LuaOperations) -> Bool {
        status(after: effect, operations).map(event.laterStatuses.contains) ?? false
    }

    /// The status that the effect moves the subject to, if any.
    func status(after effect: RunnerEffect, _ operations: LuaOperations) -> String? {
        guard effect.target?.id == event.subject.id.uuidString.lowercased(), operations.kind(of: effect.operation) == .moved,
            let parameter = operations[effect.operation]?.lua?.parameters.first
        else { return nil }
        return effect.arguments[parameter]?.string
    }

    /// The draft's effects, for people to read.
    var would: JSON {
        let amendments = amendments.sorted { $0.key < $1.key }.map { Self.field($0.key, $0.value) }
        return .array(worldlyEffects.map(\.json) + amendments)
    }

    /// What happened instead.
    func did(_ kinds: [DifferenceKind]) -> JSON {
        switch point.hook {
        case .before where kinds == [.refused]: .array([["event": .string(event.name), "status": event.entity?["status"] ?? .null]])
        case .before: .array(amendments.keys.sorted().map { Self.field($0, table[$0] ?? .null) })
        default: .array(event.ruleDid + (kinds.contains(.moved) ? event.laterStatuses.map { ["status": .string($0)] } : []))
        }
    }

    private static func field(_ name: String, _ value: JSON) -> JSON { ["field": .string(name), "value": value] }
}

extension LuaOperations {
    func kind(of operation: String) -> DifferenceKind {
        switch self[operation]?.lua?.effect {
        case .move: .moved
        case .note: .noted
        case .notify: .notified
        case .other, nil: .other
        }
    }
}
