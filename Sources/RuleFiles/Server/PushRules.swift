import Foundation
import Kernel
package import Rules

/// Uploads the scripts in a directory to a server: libraries first, and only what has changed. A rule whose fixtures fail here, or whose
/// draft somebody changed on the server, is not uploaded.
package struct RulePush {
    package struct Options: Sendable {
        package let publishes: Bool
        package let comment: String?
        /// Only tells what would be done.
        package let isRehearsal: Bool
        /// Ignores changes on the server.
        package let overwrites: Bool

        package init(publishes: Bool, comment: String?, isRehearsal: Bool, overwrites: Bool) {
            self.publishes = publishes
            self.comment = comment
            self.isRehearsal = isRehearsal
            self.overwrites = overwrites
        }
    }

    private let folder: RuleFolder
    let server: RuleServer
    let rules: Rules
    let options: Options
    private var ledger: Ledger
    private var known: [String: ServerScript]

    package init(_ folder: RuleFolder, to server: RuleServer, rules: Rules, options: Options) async throws {
        self.folder = folder
        self.server = server
        self.rules = rules
        self.options = options
        ledger = try Ledger(of: folder.path, with: server.address)
        known = try await server.scripts()
    }

    package mutating func run(_ tell: (SyncLine) -> Void) async throws {
        for file in folder.libraries where !folder.isShared(file) {
            tell(SyncLine(file.name, "not pushed: a server's libraries come from \(folder.path)/lib alone", isTrouble: true))
        }
        let files = folder.sharedLibrariesInOrder + folder.rules
        for file in files { tell(try await push(file)) }
        for name in known.keys.sorted() where !files.contains(where: { $0.name == name }) { tell(SyncLine(name, "only on the server")) }
    }

    private mutating func push(_ file: RuleFile) async throws -> SyncLine {
        let problems = try await file.problemsBeforePush(rules)
        guard problems.isEmpty else { return SyncLine(file.name, "not pushed", isTrouble: true, details: problems) }
        do {
            let saved = try await save(file)
            let goesLive = options.publishes && mustGoLive(file, saved.script)
            if options.isRehearsal { return SyncLine(file.name, saved.words(and: goesLive ? "would be published" : nil)) }
            if saved.isChanged || goesLive { try await tryOut(file, as: saved.script) }
            return SyncLine(file.name, saved.words(and: goesLive ? try await publish(file, saved.script) : nil))
        } catch let conflict as PushConflict {
            return SyncLine(file.name, conflict.words, isTrouble: true, details: conflict.details)
        } catch let refusal as ServerRefusal where refusal.status != 401 {
            return SyncLine(file.name, "refused: \(refusal)", isTrouble: true)
        }
    }

    private mutating func save(_ file: RuleFile) async throws -> SavedScript {
        let content = ScriptContent(file)
        guard let there = known[file.name] else {
            if options.isRehearsal { return SavedScript("would be created", nil) }
            return SavedScript("created", try agree(file, try await server.call("POST", "/admin/scripts", file.newScript)))
        }
        guard there.kind == file.kind else { throw PushConflict("CONFLICT: on the server this is a \(there.kind)") }
        if there.content == content {
            if !options.isRehearsal { try ledger.agree(on: file.name, content) }
            return SavedScript("unchanged", there, isChanged: false)
        }
        if !options.overwrites, ledger.digest(of: file.name) != there.content.digest {
            throw PushConflict("CONFLICT: its draft was changed on the server; pull it, or push with --force")
        }
        if options.isRehearsal { return SavedScript("would be saved", there) }
        do {
            let view = try await server.call("PUT", "/admin/scripts/\(there.id)/draft", file.draftChange, expecting: there.version)
            return SavedScript("saved", try agree(file, view))
        } catch let refusal as ServerRefusal where refusal.status == 412 {
            throw PushConflict("CONFLICT: its draft was changed on the server just now")
        }
    }

    private mutating func agree(_ file: RuleFile, _ view: JSON) throws -> ServerScript {
        let script = try server.script(view)
        known[file.name] = script
        try ledger.agree(on: file.name, script.content)
        return script
    }

    /// Whether to publish it. If the same version was published before, it stays as somebody left it since: switched off, rolled back, in
    /// shadow.
    private func mustGoLive(_ file: RuleFile, _ script: ServerScript?) -> Bool {
        guard let script, script.content == ScriptContent(file), script.wasPublished else { return true }
        return script.standing == nil && takesNewerLibrary(file, than: script)
    }

    private mutating func publish(_ file: RuleFile, _ script: ServerScript?) async throws -> String? {
        guard let script else { return nil }
        let comment = options.comment.map { ["comment": JSON.string($0)] } ?? [:]
        let view = try await server.call("POST", "/admin/scripts/\(script.id)/publish", .object(comment), expecting: script.version)
        return "published as version \(try agree(file, view).liveVersion ?? 0)"
    }

    /// A rule is published with its libraries as they are then, so a rule with an older one is published again.
    private func takesNewerLibrary(_ file: RuleFile, than script: ServerScript) -> Bool {
        guard file.kind == .rule, let time = script.live?.publishedAt else { return false }
        return folder.libraries(under: file).contains { name in known[name]?.live.map { $0.publishedAt > time } ?? false }
    }
}

/// What happened to a script's draft, and the script as the server has it then; nil for a rehearsal.
private struct SavedScript {
    let script: ServerScript?
    let isChanged: Bool
    private let words: String

    init(_ words: String, _ script: ServerScript?, isChanged: Bool = true) {
        self.words = words
        self.script = script
        self.isChanged = isChanged
    }

    func words(and publication: String?) -> String {
        guard let publication else { return [words, script?.standing].compactMap(\.self).joined(separator: ", ") }
        return isChanged ? "\(words), \(publication)" : publication
    }
}

/// Why one script is left as it is on the server.
struct PushConflict: Error {
    let words: String
    var details: [String] = []

    init(_ words: String, details: [String] = []) {
        self.words = words
        self.details = details
    }
}
