import Foundation
import Kernel
import Postgres

/// The result of checking a draft.
struct CheckedSource: Sendable {
    var handlers: [ScriptHandler] = []
    var onError = RunnerLoad.OnError.block
    /// The libraries that it needs, directly or indirectly.
    var modules: [String: String] = [:]
    var problems: [ScriptProblem] = []
    /// False if loading it killed its process: there is no point in trying again.
    var loads = true

    func handles(_ occasion: Occasion) -> Bool {
        handlers.contains { $0.hook == occasion.hook && $0.name == occasion.name }
    }
}

/// A source to be checked, under the name that errors will show.
package struct SourceDraft: Sendable {
    package let name: String
    package let kind: ScriptKind
    package let source: String
    package let grants: [String]?

    package init(name: String, kind: ScriptKind, source: String, grants: [String]?) {
        self.name = name
        self.kind = kind
        self.source = source
        self.grants = grants
    }

    /// The program for the runner; the owner is the one whose share of the runners it uses. A library is loaded next to an empty script, as
    /// one of its modules.
    func program(_ modules: [String: String], of owner: String, vocabulary: RunnerVocabulary) -> RunnerProgram {
        var modules = modules
        if kind == .library { modules[name] = source }
        let script = RunnerProgram.Script(id: Self.id, name: name, source: kind == .rule ? source : "", grants: grants)
        return RunnerProgram(key: "\(owner)/draft-\(UUID().uuidString)", scripts: [script], modules: modules, vocabulary: vocabulary)
    }

    static let id = "draft"
}

extension Rules {
    /// Compiles a draft in a runner and collects what it declares. `missing` is the message for a library that doesn't exist.
    func check(
        _ draft: SourceDraft,
        libraries: [String: String],
        of owner: String,
        missing: (String) -> String = { "There is no live library \"\($0)\"." }
    ) async throws(Failure) -> CheckedSource {
        var checked = CheckedSource()
        collectModules(of: draft.source, named: draft.name, from: libraries, into: &checked, missing)
        let program = draft.program(checked.modules, of: owner, vocabulary: try luaOperations().vocabulary)
        guard program.fits else {
            checked.problems.append(
                ScriptProblem(script: draft.name, line: nil, message: "The script and its libraries are too large together.")
            )
            return checked
        }
        switch try await load(program) {
        case .failure:
            checked.loads = false
            checked.problems.append(ScriptProblem(script: draft.name, line: nil, message: "Loading it takes too long, or too much memory."))
        case .success(let load):
            checked.problems += load.modules.sorted { $0.key < $1.key }.map { ScriptProblem($0.value, in: $0.key) }
            if draft.kind == .rule, let script = load.scripts[SourceDraft.id] { look(at: script, of: draft, &checked) }
        }
        return checked
    }

    /// A tenant's drafts are compiled one after another, so that a slow one holds up only that tenant.
    func check(_ draft: SourceDraft, by admin: TenantAdmin) async throws(Failure) -> CheckedSource {
        let libraries = try await libraries(admin)
        await gate.trials.lock(admin.tenant)
        defer { gate.trials.unlock(admin.tenant) }
        return try await check(draft, libraries: libraries, of: admin.tenant.description)
    }

    private func load(_ program: RunnerProgram) async throws(Failure) -> Result<RunnerLoad, RunnerEnd> {
        do throws(RunnerPoolError) {
            return try await gate.runners.check(program)
        } catch {
            throw .noRunner(error)
        }
    }

    private func look(at script: RunnerLoad.Script, of draft: SourceDraft, _ checked: inout CheckedSource) {
        checked.handlers = script.handlers.map { ScriptHandler($0) }
        checked.onError = script.onError
        if let fault = script.fault { return checked.problems.append(ScriptProblem(fault, in: draft.name)) }
        checked.problems += script.handlers.compactMap { handler in
            hooks.problem(handler.hook, handler.name).map { ScriptProblem($0, at: handler.place, in: draft.name) }
        }
        if checked.handlers.isEmpty {
            checked.problems.append(ScriptProblem(script: draft.name, line: nil, message: "It has no handler: before, on or every."))
        }
    }

    private func collectModules(
        of source: String,
        named name: String,
        from libraries: [String: String],
        into checked: inout CheckedSource,
        _ missing: (String) -> String
    ) {
        for (required, line) in Self.requirements(of: source) where required != name && checked.modules[required] == nil {
            guard let library = libraries[required] else {
                let problem = ScriptProblem(script: name, line: line, message: missing(required))
                if !checked.problems.contains(problem) { checked.problems.append(problem) }
                continue
            }
            checked.modules[required] = library
            collectModules(of: library, named: required, from: libraries, into: &checked, missing)
        }
    }

    /// The libraries that a source requires, with the lines; line comments are ignored.
    package static func requirements(of source: String) -> [(name: String, line: Int)] {
        source.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
            let code = line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
            return code.matches(of: /\brequire\s*\(?\s*["']([^"']+)["']/).map { (String($0.1), number + 1) }
        }
    }

    func libraries(_ principal: some Principal) async throws(Failure) -> [String: String] {
        let rows = try await store.query(as: principal, ScriptQueries.libraries(principal.tenant))
        let pairs: [(String, String)] = try rows.decoded { (try $0("name"), try $0("source")) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
