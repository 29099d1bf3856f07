import ArgumentParser
import Kernel
import RuleFiles

struct TestRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run every rule's fixtures and compare the results.",
        discussion: """
            Needs no server. A fixture is a JSON file in fixtures/ beside rule.lua:

              {
                "title": "A score of 80 is a strong match",
                "event": "application.submitted",
                "payload": {"application": {"atsScore": 80}},
                "expect": {"effects": [
                  {"operation": "application:move", "arguments": {"status": "screening"}}
                ]}
              }

            event     an event, a proposal, or an interval such as "1d"
            hook      "before", "on" or "every"; left out: by the event's name
            payload   merged over the declared sample, member by member; a list
                      replaces the sample's; unknown members are refused
            now       what time.now() says, and when it happened; a fixed Monday
                      morning by default
            seed      of random(); 1 by default
            actor     {"kind": "user", "id": "..."}: who did it
            store     what the tenant's rules remember: {"key": value}
            answers   [{"name": "job", "arguments": {...}, "value": {...}}]: what
                      the rule is told when it reads; without "arguments" an answer
                      is for any; "error" in place of "value" refuses the read
            expect    outcome, reason, code, amendments, effects, log; what is left
                      out isn't compared, but a rule may not fail unless "outcome"
                      is "failed"; of an effect, "target" may be the id alone, and
                      "arguments" are compared whole

            Ends with status 1 where a fixture fails.
            """
    )

    @Argument(help: ArgumentHelp("The directory with the rules.", valueName: "dir"))
    var directory: String

    @Flag(help: "Warn about handlers that no fixture reaches.")
    var coverage = false

    func run() async throws {
        let rules = try RuleFolder(directory).rules
        guard !rules.isEmpty else { throw CommandTrouble("\(directory): There is no rule.lua in it.") }
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
