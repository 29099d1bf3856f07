import Foundation
import Kernel
import Testing

/// `tenure rules check` and `tenure rules test`, which need no server.
@Suite struct RuleFilesTests {
    private static let advance = """
        local scores = require("scores")

        on("application.submitted", function(event)
          local app = event.application
          if app.atsScore and app.atsScore >= scores.strong then
            app:move("screening", { reason = "Strong match" })
          end
        end)
        """

    @Test func `valid files are checked silently`() async throws {
        try await RuleDesk.run { desk in
            try desk.write("advance/rule.lua", Self.advance)
            try desk.write("lib/scores.lua", "return { strong = 80 }")
            let checked = try await desk.rules("check", desk.folder.path)
            #expect(checked.text == "2 files, 0 problems\n")
            #expect(checked.status == 0)
        }
    }

    @Test func `each problem has its file and its line`() async throws {
        try await RuleDesk.run { desk in
            try desk.write("broken/rule.lua", "local a = 1\nlocal b = = 2\n")
            try desk.write("typo/rule.lua", "on(\"application.submited\", function() end)")
            try desk.write("idle/rule.lua", "local scores = require(\"scores\")\nlocal x = require \"nothing\"")
            try desk.write("idle/scores.lua", "\n\nreturn (")
            let checked = try await desk.rules(
                "check",
                desk.path("broken/rule.lua"),
                desk.path("typo/rule.lua"),
                desk.path("idle/rule.lua")
            )
            #expect(checked.status == 1)
            #expect(checked.text.contains("\(desk.path("broken/rule.lua")):2: unexpected symbol near '='\n"))
            #expect(checked.text.contains("\(desk.path("typo/rule.lua")):1: There is no event \"application.submited\"."))
            #expect(checked.text.contains("\(desk.path("idle/rule.lua")):2: There is no library \"nothing\""))
            #expect(checked.text.contains("\(desk.path("idle/scores.lua")):3: "))
            #expect(checked.text.contains("3 files, "))

            let told = try await desk.rules("check", "--json", desk.path("broken/rule.lua"))
            let problems = try JSON(parsing: told.text.utf8)
            #expect(problems[0]?["line"] == 2 && problems[0]?["file"]?.string == desk.path("broken/rule.lua"))
            #expect(try await desk.rules("check", desk.path("nowhere.lua")).status == 1)
        }
    }

    private static func fixture(_ members: String) -> String { "{\"title\": \"It does\", \(members)}" }

    private static let submitted = "\"event\": \"application.submitted\""

    @Test func `passing fixtures are counted`() async throws {
        try await RuleDesk.run { desk in
            try desk.write("advance/rule.lua", Self.advance)
            try desk.write("lib/scores.lua", "return { strong = 80 }")
            let moved = #""expect": {"outcome": "completed", "log": [], "effects": [{"operation": "application:move", "#
            try desk.write(
                "advance/fixtures/strong.json",
                Self.fixture(
                    Self.submitted + #", "payload": {"application": {"atsScore": 80.0}}, "#
                        + moved + #""arguments": {"status": "screening", "reason": "Strong match"}}]}"#
                )
            )
            for score in ["79", "null"] {
                try desk.write(
                    "advance/fixtures/\(score).json",
                    Self.fixture(Self.submitted + #", "payload": {"application": {"atsScore": \#(score)}}, "expect": {"effects": []}"#)
                )
            }
            let tested = try await desk.rules("test", "--coverage", desk.folder.path)
            #expect(tested.text == "ok   advance: 3 fixtures\n1 rules, 3 fixtures, 0 failed\n")
            #expect(tested.status == 0)
        }
    }

    @Test func `a failing fixture says what happened instead`() async throws {
        try await RuleDesk.run { desk in
            try desk.write("advance/rule.lua", Self.advance)
            try desk.write("advance/lib/scores.lua", "return { strong = 80 }")
            try desk.write(
                "advance/fixtures/a.json",
                Self.fixture(
                    Self.submitted + #", "payload": {"application": {"atsScore": 81}}, "expect": "#
                        + #"{"effects": [{"operation": "application:move", "arguments": {"status": "hired", "reason": "Strong match"}}]}"#
                )
            )
            let tested = try await desk.rules("test", desk.folder.path)
            #expect(tested.status == 1)
            #expect(tested.text.contains("FAIL advance: 1 fixture, 1 failed"))
            #expect(tested.text.contains("effects.0.arguments.status\n         expected \"hired\"\n         got      \"screening\"\n"))
            #expect(tested.text.hasSuffix("1 rules, 1 fixtures, 1 failed\n"))
        }
    }

    @Test(arguments: [
        (
            submitted + #", "payload": {"application": {"atsScor": 80}}, "expect": {"effects": []}"#,
            "payload.application.atsScor: Unknown field."
        ),
        (
            submitted + #", "payload": {"application": {"atsScore": "80"}}, "expect": {"effects": []}"#,
            "payload.application.atsScore: Must be"
        ),
        (submitted + #", "expect": {"effect": []}"#, "expect.effect: Unknown field."),
        (submitted + #", "expect": {}"#, "expect: Must not be empty."),
        (#""event": "application.tagged", "expect": {"effects": []}"#, "The rule has no handler for on \"application.tagged\"."),
        (#""event": "application.sent", "expect": {"effects": []}"#, "event: There is no event \"application.sent\"."),
        (submitted + #", "expect": {"effects": [}"#, "line 1: "),
        (submitted + #", "answers": [{"name": "jobb", "value": 1}], "expect": {"log": []}"#, "answers.0.name: There is no read \"jobb\""),
        (
            submitted + #", "answers": [{"name": "job", "value": {"titel": "x"}}], "expect": {"log": []}"#,
            "answers.0.value.titel: Unknown field."
        ),
    ])
    func `a fixture that means nothing is refused`(members: String, problem: String) async throws {
        try await RuleDesk.run { desk in
            try desk.write("quiet/rule.lua", "on('application.submitted', function(event) end)")
            try desk.write("quiet/fixtures/a.json", Self.fixture(members))
            let tested = try await desk.rules("test", desk.folder.path)
            #expect(tested.text.contains(problem), "\(tested.text)")
            #expect(tested.status == 1)
        }
    }

    private static let curious = """
        on("application.submitted", function(event)
          local job = job(event.application.job.id)
          log(job.title, store.get("seen"), time.now(), random())
          store.set("seen", 1)
          event.application:move("screening", { why = "?" })
        end)
        before("application.status_changing", function(event)
          if event.actor.kind == "rule" then return reject("Not by rules.", "NO_RULES") end
          event.reason = "seen"
        end)
        every("1d", function() log("tick") end)
        """

    @Test func `reads, store, time, actor and every hook are the fixture's`() async throws {
        try await RuleDesk.run { desk in
            try desk.write("curious/rule.lua", Self.curious)
            try desk.write("curious/fixtures/asked.json", Self.fixture(Self.submitted + #", "expect": {"outcome": "completed"}"#))
            let asked = try await desk.rules("test", "--coverage", desk.folder.path)
            #expect(asked.text.contains("The rule asks for job, which \"answers\" does not have. Add to it: {\"arguments\":{\"id\":"))
            #expect(asked.text.contains("warning: no fixture reaches every(\"1d\")"))

            try desk.write(
                "curious/fixtures/asked.json",
                Self.fixture(
                    Self.submitted + #", "now": "2026-03-01T00:00:00Z", "seed": 7, "store": {"seen": 41}, "#
                        + #""answers": [{"name": "job", "value": {"title": "Pilot"}}], "expect": {"log": ["Pilot 41 1772323200.0"]}"#
                )
            )
            let refused = try await desk.rules("test", desk.folder.path)
            #expect(refused.text.contains("effects.1 application:move: why: Unknown field."))
            #expect(
                refused.text.contains("log.0\n         expected \"Pilot 41 1772323200.0\"\n         got      \"Pilot 41 1772323200.0 0.")
            )

            try FileManager.default.removeItem(at: desk.folder.appending(path: "curious/fixtures/asked.json"))
            let changing = #""event": "application.status_changing", "#
            try desk.write("curious/fixtures/b.json", Self.fixture(changing + #""expect": {"amendments": {"reason": "seen"}}"#))
            try desk.write(
                "curious/fixtures/c.json",
                Self.fixture(
                    changing
                        + #""actor": {"kind": "rule"}, "expect": {"outcome": "rejected", "reason": "Not by rules.", "code": "NO_RULES"}"#
                )
            )
            try desk.write("curious/fixtures/d.json", Self.fixture(#""event": "1d", "expect": {"log": ["tick"], "effects": []}"#))
            #expect(try await desk.rules("test", desk.folder.path).text == "ok   curious: 3 fixtures\n1 rules, 3 fixtures, 0 failed\n")
        }
    }

    @Test func `a rule is tested with the grants next to it`() async throws {
        try await RuleDesk.run { desk in
            try desk.write("tagger/rule.lua", "on('application.submitted', function(event) event.application:tag('new') end)")
            try desk.write("tagger/rule.json", #"{"grants": ["application:note"]}"#)
            try desk.write("tagger/fixtures/a.json", Self.fixture(Self.submitted + #", "expect": {"effects": []}"#))
            let tested = try await desk.rules("test", desk.folder.path)
            #expect(tested.text.contains("no grant for application:tag"))
            #expect(tested.text.contains("outcome\n         expected \"completed\"\n         got      \"failed\""))
            try desk.write("tagger/rule.json", #"{"grants": ["application:fly"]}"#)
            #expect(try await desk.rules("check", desk.path("tagger/rule.lua")).text.contains("There is no operation \"application:fly\""))
        }
    }
}
