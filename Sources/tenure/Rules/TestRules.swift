import ArgumentParser
import Kernel
import RuleFiles

struct TestRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run every rule's fixtures and compare the results.",
        discussion: """
            Needs no server. A fixture is a JSON file in fixtures/ next to rule.lua:

              {
                "title": "A score of 80 is a strong match",
                "event": "application.submitted",
                "payload": {"application": {"atsScore": 80}},
                "expect": {"effects": [
                  {"operation": "application:move", "arguments": {"status": "screening"}}
                ]}
              }

            event     an event, a proposal, or an interval such as "1d"
            hook      "before", "on" or "every"; by default taken from the event's name
            payload   merged into the declared sample, member by member; a list
                      replaces the sample's; unknown members are refused
            now       the value of time.now(), and when it happened; a fixed Monday
                      morning by default
            seed      the seed of random(); 1 by default
            actor     {"kind": "user", "id": "..."}: who did it
            store     the contents of the rules' store: {"key": value}
            answers   [{"name": "job", "arguments": {...}, "value": {...}}]: the
                      answers to the rule's reads; without "arguments" an answer
                      matches any; "error" instead of "value" refuses the read
            expect    outcome, reason, code, amendments, effects, log; what is left
                      out isn't compared, but a rule must not fail unless "outcome"
                      is "failed"; an effect's "target" may be just the id, and
                      "arguments" are compared as a whole

            Ends with status 1 if a fixture fails.
            """
    )

    @Argument(help: ArgumentHelp("The directory with the rules.", valueName: "dir"))
    var directory: String

    @Flag(help: "Warn about handlers that no fixture reaches.")
    var coverage = false

    func run() async throws {
        let rules = try RuleFolder(directory).rules
        guard !rules.isEmpty else { throw CommandError("\(directory): There is no rule.lua in it.") }
        let reports = try await Declarations.read { composition in
            var reports: [RuleReport] = []
            for rule in rules {
                let report = try await rule.test(with: composition.rules)
                for line in report.lines(withCoverage: coverage) { print(line) }
                reports.append(report)
            }
            return reports
        }
        print(RuleReport.summary(reports))
        if !reports.allSatisfy(\.passed) { throw ExitCode(1) }
    }
}
