package import Kernel

/// A script as events see it: its source stays in its versions.
package struct ScriptFact: Codable, Sendable {
    package let id: Identifier<Script>
    package let name: String
    package let kind: ScriptKind
    package let status: ScriptStatus
    package let version: Int?

    static let sample = ScriptFact(id: .placeholder, name: "fast-track", kind: .rule, status: .live, version: 3)
}

/// An event about a script.
package protocol ScriptEvent: Event {
    var script: ScriptFact { get }
}

extension ScriptEvent {
    package var subject: EventSubject { EventSubject("script", script.id) }
}

package struct ScriptCreated: ScriptEvent {
    package static let name = "script.created"
    package static let summary = "A tenant admin created a script."
    package static var sample: Self { ScriptCreated(script: .sample) }
    package let script: ScriptFact
}

package struct ScriptPublished: ScriptEvent {
    package static let name = "script.published"
    package static let summary = "A draft became a script's next version, which is live."
    package static var sample: Self { ScriptPublished(script: .sample, comment: "Two scorecards before hiring") }
    package let script: ScriptFact
    package let comment: String?
}

package struct ScriptRolledBack: ScriptEvent {
    package static let name = "script.rolled_back"
    package static let summary = "An earlier version of a script is live again."
    package static var sample: Self { ScriptRolledBack(script: .sample, from: 4) }
    package let script: ScriptFact
    package let from: Int?
}

package struct ScriptDisabled: ScriptEvent {
    package static let name = "script.disabled"
    package static let summary = "A script was switched off, by a tenant admin or because it kept failing."
    package static var sample: Self { ScriptDisabled(script: .sample, reason: "It failed 20 times in a row.") }
    package let script: ScriptFact
    package let reason: String?
}

package struct ScriptRenamed: ScriptEvent {
    package static let name = "script.renamed"
    package static let summary = "A tenant admin gave a script another name."
    package static var sample: Self { ScriptRenamed(script: .sample, former: "quick-track") }
    package let script: ScriptFact
    package let former: String
}

package struct ScriptDeleted: ScriptEvent {
    package static let name = "script.deleted"
    package static let summary = "A tenant admin deleted a script; its versions and runs stay."
    package static var sample: Self { ScriptDeleted(script: .sample, reason: "Replaced by a faster one") }
    package let script: ScriptFact
    package let reason: String?
}

package struct StoreChanged: Event {
    package static let name = "store.changed"
    package static let summary = "A tenant admin set or deleted a value that rules remember; `value` is null when it was deleted."
    package static var sample: Self { StoreChanged(tenant: .placeholder, key: "cool-down/days", value: 90, former: 180) }
    package let tenant: Identifier<Tenant>
    package let key: String
    package let value: JSON?
    package let former: JSON?
    package var subject: EventSubject { EventSubject("tenant", tenant) }
}

package struct ConsoleApplied: Event {
    package static let name = "console.applied"
    package static let summary = "A system admin's console script was applied in the tenant; it is the cause of what it did."
    package static var sample: Self {
        ConsoleApplied(run: .placeholder, admin: .placeholder, effects: 12, comment: "Close the jobs of the summer campaign")
    }
    package let run: Identifier<ConsoleRun>
    package let admin: Identifier<User>
    package let effects: Int
    package let comment: String?
    package var subject: EventSubject { EventSubject("console", run) }
}

extension ScriptFact {
    init(_ script: Script, status: ScriptStatus, version: Int?) {
        self.init(id: script.id, name: script.name, kind: script.kind, status: status, version: version)
    }
}
