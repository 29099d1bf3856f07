package import Foundation
package import Kernel

package struct ScriptSummary: Codable, Sendable {
    package let id: Identifier<Script>
    package let name: String
    package let kind: ScriptKind
    package let status: ScriptStatus
    package let liveVersion: Int?
    /// The version that runs next to the live one, without effects.
    package let shadowVersion: Int?
    package let shadowSince: Date?
    /// Why it does nothing now; null if nothing prevents it.
    package var halt: ScriptHalt?
    /// Of the live version.
    package let handlers: [ScriptHandler]
    package let updatedAt: Date
}

/// A script with its draft, the draft's problems, and its versions, newest first.
package struct ScriptView: Codable, Sendable, Versioned {
    package let id: Identifier<Script>
    package let name: String
    package let kind: ScriptKind
    package let status: ScriptStatus
    package let draft: String
    /// The operations that the draft may use; null: all.
    package let grants: [String]?
    package let problems: [ScriptProblem]
    /// Null: the draft as it is has not been tried, so a rule can't be published.
    package let trial: TrialView?
    package let version: Int
    package let liveVersion: Int?
    package let versions: [ScriptVersionView]
    /// How much it may do, and has done; null for a library.
    package var radius: RadiusView?
    package var shadow: ShadowView?
    /// Why it does nothing now; null if nothing prevents it.
    package var halt: ScriptHalt?
    package let createdAt: Date
    package let updatedAt: Date
}

package struct ScriptVersionView: Codable, Sendable {
    package let id: Identifier<ScriptVersion>
    package let number: Int
    package let source: String
    package let grants: [String]?
    package let handlers: [ScriptHandler]
    package let libraries: [String]
    /// What a failing `before` handler means for the change.
    package let onError: RunnerLoad.OnError
    /// The fields that it read when it was tried.
    package let readFields: [String]
    package let comment: String?
    package let publishedBy: Identifier<User>?
    /// Null for a system admin, and for somebody without a name.
    package let publisherName: String?
    package let publishedAt: Date
}

/// A problem that keeps a draft from being published.
package struct ScriptProblem: Codable, Sendable, Hashable {
    /// The script itself or one of its libraries.
    package let script: String
    package let line: Int?
    package let message: String
}

extension ScriptView {
    init(_ script: Script, versions: [ScriptVersion], problems: [ScriptProblem], trial: Trial?) {
        self.init(
            id: script.id,
            name: script.name,
            kind: script.kind,
            status: script.status,
            draft: script.draft,
            grants: script.draftGrants,
            problems: problems,
            trial: trial.map { TrialView($0, live: versions.first { $0.number == script.liveVersion }) },
            version: script.revision,
            liveVersion: script.liveVersion,
            versions: versions.map(ScriptVersionView.init),
            createdAt: script.createdAt,
            updatedAt: script.updatedAt
        )
    }
}

extension ScriptVersionView {
    init(_ version: ScriptVersion) {
        self.init(
            id: version.id,
            number: version.number,
            source: version.source,
            grants: version.grants,
            handlers: version.handlers,
            libraries: version.modules.keys.sorted(),
            onError: version.onError,
            readFields: version.readFields,
            comment: version.comment,
            publishedBy: version.publishedBy,
            publisherName: version.publisherName,
            publishedAt: version.publishedAt
        )
    }
}

extension ScriptProblem {
    init(_ fault: RunnerFault, in script: String) {
        self.init(script: fault.script ?? script, line: fault.line, message: fault.message)
    }

    init(_ message: String, at place: RunnerPlace?, in script: String) {
        let known = place.flatMap { $0.line > 0 ? $0 : nil }
        self.init(script: known?.script ?? script, line: known?.line, message: message)
    }

    var json: JSON {
        ["script": .string(script), "line": line.map(JSON.integer) ?? .null, "message": .string(message)]
    }
}
