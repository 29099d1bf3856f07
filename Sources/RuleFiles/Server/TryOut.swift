import Foundation
import Kernel
import Rules

extension RuleFile {
    /// Reasons not to upload it: errors, and fixtures that fail.
    func problemsBeforePush(_ rules: Rules) async throws -> [String] {
        guard kind == .rule else { return try await check(with: rules).map(\.text) }
        let report = try await test(with: rules)
        return report.passed ? [] : Array(report.lines(withCoverage: false).dropFirst().map { String($0.trimmingPrefix("     ")) })
    }

    var newScript: JSON {
        var members: [String: JSON] = ["name": .string(name), "kind": .string(kind.rawValue), "source": .string(source)]
        if let grants { members["grants"] = JSON(names: grants) }
        return .object(members)
    }

    var draftChange: JSON { ["source": .string(source), "grants": grants.map(JSON.init(names:)) ?? .null] }
}

extension RulePush {
    /// Dry-runs each fixture's event on the server, which only publishes exactly what was tried there. The rule then reads the tenant's own
    /// data, so only what keeps it from running counts.
    func tryOut(_ file: RuleFile, as script: ServerScript?) async throws {
        guard let script, script.kind == .rule else { return }
        for trial in try await file.trials(rules) {
            guard case .object(var members) = trial else { continue }
            members["source"] = .string(script.draft)
            members["grants"] = script.grants.map(JSON.init(names:))
            let report = try await server.call("POST", "/admin/scripts/dry-run", .object(members))
            let problems: [ScriptProblem] = try Wire.decode(from: Data((report["problems"] ?? []).canonicalBytes))
            let lines = file.problems(problems).map(\.text)
            guard lines.isEmpty else { throw PushConflict("on the server, but can't be published there", details: lines) }
        }
    }
}

extension RuleFile {
    /// What to dry-run: the fixtures' occasions, or if there are none the samples of what it reacts to.
    fileprivate func trials(_ rules: Rules) async throws -> [JSON] {
        let fixtures = try fixtures.map { try Fixture(parsing: Disk.bytes($0)) }
        if !fixtures.isEmpty { return try fixtures.map { try rules.trial(of: $0) } }
        let script = try await rules.bench(draft, libraries: libraries())
        return script.handlers.map { ["event": .string($0.name), "kind": .string($0.hook.rawValue)] }
    }
}
