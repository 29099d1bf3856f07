import Foundation
import Kernel
package import Rules

/// The results of a rule's fixtures.
package struct RuleReport: Sendable {
    package struct Trial: Sendable {
        package let file: String
        package let title: String?
        package let report: FixtureReport
    }

    package let name: String
    /// Problems that keep the rule from running at all.
    package let problems: [FileProblem]
    package let trials: [Trial]
    /// The handlers that no fixture reaches.
    package let unreached: [ScriptHandler]

    package var failed: Int { trials.count { !$0.report.passed } }
    package var passed: Bool { problems.isEmpty && failed == 0 }
}

extension RuleFile {
    package var fixtures: [String] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: "fixtures").path
        return Disk.files(in: folder, ending: "json").map { Disk.displayed("\(folder)/\($0)") }
    }

    /// Runs every fixture, each in a run of its own.
    package func test(with rules: Rules) async throws -> RuleReport {
        let script = try await rules.bench(draft, libraries: libraries())
        guard script.problems.isEmpty else {
            return RuleReport(name: name, problems: problems(script.problems), trials: [], unreached: [])
        }
        var trials: [RuleReport.Trial] = []
        for file in fixtures { trials.append(try await trial(file, of: script, rules)) }
        let reached = Set(trials.compactMap(\.report.handler))
        return RuleReport(name: name, problems: [], trials: trials, unreached: script.handlers.filter { !reached.contains($0) })
    }

    private func trial(_ file: String, of script: BenchedScript, _ rules: Rules) async throws -> RuleReport.Trial {
        let bytes = try Disk.bytes(file)
        let fixture: Fixture
        do throws(FixtureProblem) {
            fixture = try Fixture(parsing: bytes)
        } catch {
            return RuleReport.Trial(file: file, title: nil, report: FixtureReport(error))
        }
        return RuleReport.Trial(file: file, title: fixture.title.value, report: try await rules.run(fixture, of: script))
    }
}
