import Foundation
import Kernel
import Postgres

package enum ScriptKind: String, Codable, CaseIterable, Sendable {
    /// Has handlers that run.
    case rule
    /// For rules to `require`.
    case library
}

package enum ScriptStatus: String, Codable, CaseIterable, Sendable {
    case draft, live, disabled
    /// No longer listed; its versions, runs and events stay.
    case deleted
}

/// A tenant's Lua: a draft that people edit, and its published versions, one of which may be live.
package struct Script: Sendable {
    let id: Identifier<Script>
    let name: String
    let kind: ScriptKind
    let status: ScriptStatus
    let draft: String
    let draftGrants: [String]?
    let liveVersion: Int?
    let shadowVersion: Int?
    /// Counts every change, for detecting conflicting edits.
    let revision: Int
    let createdAt: Date
    let updatedAt: Date
}

/// A published version: nothing in it ever changes, including its libraries.
package struct ScriptVersion: Sendable {
    let id: Identifier<ScriptVersion>
    let number: Int
    let source: String
    let grants: [String]?
    let handlers: [ScriptHandler]
    let modules: [String: String]
    let onError: RunnerLoad.OnError
    let readFields: [String]
    let comment: String?
    let publishedBy: Identifier<User>?
    let publisherName: String?
    let publishedAt: Date
}

/// A hook that a script declares: `on("application.submitted")`.
package struct ScriptHandler: Codable, Sendable, Hashable {
    package let hook: RunnerHook
    /// The name of an event or a proposal, or a schedule: "15m", "1d at 07:30 on weekdays".
    package let name: String
    /// The length of a schedule's interval.
    package let seconds: Int?
    /// The time of day in the tenant's time zone, "07:30", if the schedule names one.
    package let at: String?
    /// The days of the week on which it runs, 1 for Monday to 7 for Sunday; null for all.
    package let days: [Int]?
}

/// Tag for receipts.
package enum ScriptRun {}

extension ScriptKind: SQLEncodable, SQLDecodable {}
extension ScriptStatus: SQLEncodable, SQLDecodable {}
extension RunnerHook: SQLEncodable, SQLDecodable {}
extension RunnerLoad.OnError: SQLEncodable, SQLDecodable {}
