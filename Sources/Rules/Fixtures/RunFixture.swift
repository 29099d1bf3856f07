import Foundation
package import Kernel

/// A compiled script with its problems, ready to be run with fixtures.
package struct BenchedScript: Sendable {
    package let handlers: [ScriptHandler]
    package let problems: [ScriptProblem]
    let draft: SourceDraft
    let program: RunnerProgram
}

extension Rules {
    /// The owner, because there are no tenants.
    private static let bench = "bench"

    /// Compiles a script with the given libraries only: no tenant, no database.
    package func bench(_ draft: SourceDraft, libraries: [String: String]) async throws(Failure) -> BenchedScript {
        let checked = try await check(draft, libraries: libraries, of: Self.bench) {
            "There is no library \"\($0)\": no \($0).lua next to the rule or in lib."
        }
        let operations = try luaOperations()
        let unknown = (draft.grants ?? []).filter { !operations.grantable.contains($0) }
        return BenchedScript(
            handlers: checked.handlers,
            problems: checked.problems
                + unknown.map { ScriptProblem(script: draft.name, line: nil, message: "There is no operation \"\($0)\" to grant.") },
            draft: draft,
            program: draft.program(checked.modules, of: Self.bench, vocabulary: operations.vocabulary)
        )
    }

    /// Runs a script as a fixture says, with the limits of live rules, and compares the result.
    package func run(_ fixture: Fixture, of script: BenchedScript) async throws(Failure) -> FixtureReport {
        let operations = try luaOperations()
        var report = FixtureReport()
        let occasion: Occasion
        let host: FixtureHost
        do throws(FixtureProblem) {
            occasion = try fixture.occasion(hooks)
            host = try FixtureHost(fixture, operations)
            report.handler = script.handlers.first { $0.hook == occasion.hook && $0.name == occasion.name }
            if report.handler == nil { throw FixtureProblem(["The rule has no handler for \(occasion.hook) \"\(occasion.name)\"."]) }
            if fixture.expect.isEmpty { throw FixtureProblem(["expect: Must not be empty."]) }
        } catch {
            report.problems = error.lines
            return report
        }
        let result = try await result(of: script, at: occasion, fixture, host)
        report.reason = result.outcome.words.reason
        report.log = result.log
        let unknown = UnknownFields(hooks: hooks, operations: operations)
        report.problems =
            host.unanswered + problems(of: result.effects, operations)
            + unknown.problems(of: result, at: occasion, in: script.draft).map(\.message)
        report.differences = fixture.expect.differences(from: result)
        return report
    }

    /// The input for a dry run on a server that corresponds to the fixture.
    package func trial(of fixture: Fixture) throws(FixtureProblem) -> JSON {
        let occasion = try fixture.occasion(hooks)
        var members: [String: JSON] = ["event": .string(occasion.name), "kind": .string(occasion.hook.rawValue)]
        if occasion.hook != .every { members["payload"] = try fixture.payload(of: occasion.name, hooks) }
        return .object(members)
    }

    private func result(
        of script: BenchedScript,
        at occasion: Occasion,
        _ fixture: Fixture,
        _ host: FixtureHost
    ) async throws(Failure) -> RunnerResult {
        let request = RunnerRequest(of: SourceDraft.id, at: occasion, now: fixture.time, seed: fixture.seed?.value ?? 1)
        do throws(RunnerPoolError) {
            return try await gate.runners.run(request, of: script.program) { read in host.answer(read) }
        } catch {
            throw .noRunner(error)
        }
    }

    /// What the operations would refuse, judging by their inputs alone.
    private func problems(of effects: [RunnerEffect], _ operations: LuaOperations) -> [String] {
        effects.enumerated().flatMap { index, effect in
            (operations[effect.operation]?.problems(with: effect.input) ?? []).map { "effects.\(index) \(effect.operation): \($0)" }
        }
    }
}

extension APIOperation {
    /// What is wrong with an input, one line per field.
    func problems(with source: InputSource) -> [String] { refusal(of: source).map { FixtureProblem($0).lines } ?? [] }
}
