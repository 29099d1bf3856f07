import ArgumentParser
import Foundation
import Kernel
import RuleFiles

struct CheckRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compile scripts and list their problems, with the lines.",
        discussion: """
            Needs no server. It looks for errors of syntax, handlers of events that
            don't exist, rules without a handler, and libraries that aren't there:
            require "scores" finds scores.lua beside the rule, in its lib/, or in the
            lib/ next to its folder. Ends with status 1 where something is wrong.
            """
    )

    @Argument(help: ArgumentHelp("Lua files, or directories to search for them.", valueName: "file"))
    var files: [String]

    @Flag(help: "Print a JSON array of {file, line, message}.")
    var json = false

    func run() async throws {
        let files = try files.flatMap { try RuleFile.all(at: $0) }
        guard !files.isEmpty else { throw CommandError("There are no Lua files.") }
        let problems = try await Declarations.read { composition in
            var problems: [FileProblem] = []
            for file in files {
                for problem in try await file.check(with: composition.rules) where !problems.contains(problem) { problems.append(problem) }
            }
            return problems
        }
        if json {
            print(try JSON(encoding: problems).text)
        } else {
            for problem in problems { print(problem.text) }
            print("\(files.count) files, \(problems.count) problems")
        }
        if !problems.isEmpty { throw ExitCode(1) }
    }
}
