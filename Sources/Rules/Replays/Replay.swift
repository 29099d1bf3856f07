import Foundation
import Kernel

package enum ReplayStatus: String, Codable, CaseIterable, Sendable {
    case queued, running, completed, canceled, failed
}

/// A draft over past events: what is to be replayed, and how far that has come. Nothing that the draft asks for is done.
package struct Replay: Sendable {
    let id: Identifier<Replay>
    let script: Identifier<Script>
    let source: String
    let grants: [String]?
    let modules: [String: String]
    let handlers: [ScriptHandler]
    /// Whether these are all that the draft has.
    let isWhole: Bool
    let status: ReplayStatus
    let reason: String?
    let from: Date?
    let until: Date
    /// At most so many events, the newest.
    let last: Int
    /// Known once it has begun.
    let total: Int?
    var processed: Int
    /// The event that was last replayed, or the one before the first.
    var cursor: ReplayCursor?
    var tally: ReplayTally
    let matrix: [ReplayMatrixCell]
    let requestedBy: Identifier<User>?
    let createdAt: Date
    let startedAt: Date?
    let finishedAt: Date?
    /// What the script's live version reads.
    let liveReads: [String]

    /// The most effects of an hour; nil where the past says nothing of it.
    var forecast: Int? { isWhole && tally.runs > 0 ? tally.busiestHour : nil }

    var draft: SourceDraft { SourceDraft(name: "draft", kind: .rule, source: source, grants: grants) }
}

/// A place in the log, in the order things happened.
struct ReplayCursor: Sendable {
    let at: Date
    let event: Identifier<EventRecord>
}

/// How many subjects got this verdict of the draft and that decision of people.
package struct ReplayMatrixCell: Codable, Sendable, Hashable {
    package let verdict: Verdict
    package let people: HumanDecision
    package let count: Int
}

package enum Verdict: String, Codable, CaseIterable, Sendable {
    case advance, reject, none
}

/// What people did after the moment of a verdict.
package enum HumanDecision: String, Codable, CaseIterable, Sendable {
    case advanced, rejected, withdrawn, undecided
}

package enum DifferenceKind: String, Codable, CaseIterable, Sendable {
    case moved, refused, amended, noted, notified, other, failed
}
