import Foundation
import Kernel

package enum ReplayStatus: String, Codable, CaseIterable, Sendable {
    case queued, running, completed, canceled, failed
}

/// Runs a draft over past events: what to replay, and how far it has come. The draft's effects are not applied.
package struct Replay: Sendable {
    let id: Identifier<Replay>
    let script: Identifier<Script>
    let source: String
    let grants: [String]?
    let modules: [String: String]
    let handlers: [ScriptHandler]
    /// Whether these are all of the draft's handlers.
    let isWhole: Bool
    let status: ReplayStatus
    let reason: String?
    let from: Date?
    let until: Date
    /// At most this many events, the newest.
    let last: Int
    /// Known once it has begun.
    let total: Int?
    var processed: Int
    /// The last event replayed, or the one before the first.
    var cursor: ReplayCursor?
    var tally: ReplayTally
    let matrix: [ReplayMatrixCell]
    let requestedBy: Identifier<User>?
    let createdAt: Date
    let startedAt: Date?
    let finishedAt: Date?
    /// The fields that the script's live version reads.
    let liveReads: [String]

    /// The most effects in any hour; nil if the past doesn't tell.
    var forecast: Int? { isWhole && tally.runs > 0 ? tally.busiestHour : nil }

    var draft: SourceDraft { SourceDraft(name: "draft", kind: .rule, source: source, grants: grants) }
}

/// A place in the log, in the order things happened.
struct ReplayCursor: Sendable {
    let at: Date
    let event: Identifier<EventRecord>
}

/// How many subjects got this verdict from the draft and that decision from people.
package struct ReplayMatrixCell: Codable, Sendable, Hashable {
    package let verdict: Verdict
    package let people: HumanDecision
    package let count: Int
}

package enum Verdict: String, Codable, CaseIterable, Sendable {
    case advance, reject, none
}

/// What people did after the verdict.
package enum HumanDecision: String, Codable, CaseIterable, Sendable {
    case advanced, rejected, withdrawn, undecided
}

package enum DifferenceKind: String, Codable, CaseIterable, Sendable {
    case moved, refused, amended, noted, notified, other, failed
}
