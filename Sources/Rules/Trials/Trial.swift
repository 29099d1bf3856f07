import Crypto
package import Foundation
import Kernel

package enum TrialKind: String, Codable, CaseIterable, Sendable {
    case dryRun, replay
}

/// The last trial of exactly one source with its grants and libraries; a rule can't be published without one.
struct Trial: Sendable {
    let kind: TrialKind
    let triedBy: Identifier<User>?
    let triedAt: Date
    /// From all its trials together: a rule with several handlers is tried one by one.
    let readFields: [String]
    /// The most effects in any hour, as predicted by the last replay; nil if it was never replayed.
    let effectsPerHour: Int?
    /// The events and intervals for which some effect was refused, and so none would have happened.
    let refused: [String]
}

/// The trial of the current draft.
package struct TrialView: Codable, Sendable {
    package let kind: TrialKind
    package let triedAt: Date
    package let readFields: [String]
    /// The fields that the live version was not seen to read.
    package let newlyReads: [String]
    /// The events and intervals for which the rule would have been refused what it wants to do.
    package let refused: [String]
}

extension TrialView {
    init(_ trial: Trial, live: ScriptVersion?) {
        self.init(
            kind: trial.kind,
            triedAt: trial.triedAt,
            readFields: trial.readFields,
            newlyReads: trial.readFields.filter { !(live?.readFields.contains($0) ?? false) },
            refused: trial.refused
        )
    }
}

extension SourceDraft {
    /// Identifies source, grants and libraries, whatever script they belong to.
    func digest(_ modules: [String: String]) -> Data {
        var members: [String: JSON] = ["source": .string(source), "grants": grants.map { JSON(names: $0.sorted()) } ?? .null]
        if !modules.isEmpty { members["modules"] = .object(modules.mapValues(JSON.string)) }
        return Data(SHA256.hash(data: JSON.object(members).canonicalBytes))
    }
}
