import Crypto
package import Foundation
import Kernel

package enum TrialKind: String, Codable, CaseIterable, Sendable {
    case dryRun, replay
}

/// The last trial of exactly one source with its grants and libraries; without one a rule can't be published.
struct Trial: Sendable {
    let kind: TrialKind
    let triedBy: Identifier<User>?
    let triedAt: Date
    /// Of all its trials together: a rule of several handlers is tried one by one.
    let readFields: [String]
    /// The most effects of an hour, as the last replay foretold; nil when it was never replayed.
    let effectsPerHour: Int?
}

/// The trial of a draft as it is.
package struct TrialView: Codable, Sendable {
    package let kind: TrialKind
    package let triedAt: Date
    package let readFields: [String]
    /// What the live version was not seen to read.
    package let newlyReads: [String]
}

extension TrialView {
    init(_ trial: Trial, live: ScriptVersion?) {
        self.init(
            kind: trial.kind,
            triedAt: trial.triedAt,
            readFields: trial.readFields,
            newlyReads: trial.readFields.filter { !(live?.readFields.contains($0) ?? false) }
        )
    }
}

extension SourceDraft {
    /// Names source, grants and the libraries that go with them, whatever script they stand in.
    func digest(_ modules: [String: String]) -> Data {
        var members: [String: JSON] = ["source": .string(source), "grants": grants.map { JSON(names: $0.sorted()) } ?? .null]
        if !modules.isEmpty { members["modules"] = .object(modules.mapValues(JSON.string)) }
        return Data(SHA256.hash(data: JSON.object(members).canonicalBytes))
    }
}
