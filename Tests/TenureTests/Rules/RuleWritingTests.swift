import Foundation
import Kernel
import Testing

/// What people get who write their first rule: ready-made rules, a guide whose examples work, and messages that help.
@Suite struct RuleWritingTests {
    private static let readyMade = Checkout.folder.appending(path: "admin/ready-made")

    private struct Entry: Decodable {
        let name: String
        let title: String
        let summary: String
        let hooks: [String]
        let settings: String
    }

    @Test func `the list of ready-made rules agrees with their folders`() throws {
        let list = try JSONDecoder().decode([Entry].self, from: Data(contentsOf: Self.readyMade.appending(path: "index.json")))
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.readyMade.path).filter { !$0.contains(".") }
        #expect(list.map(\.name).sorted() == folders.sorted())
        #expect(Set(list.map(\.title)).count == list.count)
        for entry in list {
            let folder = Self.readyMade.appending(path: entry.name)
            let source = try String(contentsOf: folder.appending(path: "rule.lua"), encoding: .utf8)
            let declaration = /(?m)^(before|on|every)\("([^"]+)"(?:, \{ at = "([^"]+)", on = "([^"]+)" \})?/
            let handlers = source.matches(of: declaration).map { found in
                let (_, hook, name, at, day) = found.output
                return "\(hook) \(name)" + (at.map { " at \($0)" } ?? "") + (day.map { " on \($0)" } ?? "")
            }
            #expect(entry.hooks == handlers, "\(entry.name)")
            #expect(source.contains(#/(?m)^local [A-Z_]+ =/#), "\(entry.name) has no settings")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "fixtures").path).count >= 3,
                "\(entry.name)"
            )
            #expect(!entry.summary.isEmpty && !entry.settings.isEmpty)
        }
    }

    @Test func `each handler of a ready-made rule does what its fixtures say`() async throws {
        try await RuleDesk.run { desk in
            let tested = try await desk.rules("test", "--coverage", Self.readyMade.path)
            #expect(tested.status == 0, "\(tested.text)")
            #expect(!tested.text.contains("warning"), "\(tested.text)")
        }
    }

    @Test func `each example in the guide compiles and reacts to events that exist`() async throws {
        let guide = try String(contentsOf: Checkout.folder.appending(path: "admin/guide.md"), encoding: .utf8)
        let blocks = guide.matches(of: /(?s)```lua( fragment)?\n(.*?)```/)
        #expect(blocks.count > 15)
        try await RuleDesk.run { desk in
            for (number, block) in blocks.enumerated() {
                // A fragment goes into a function of its own, and is never called.
                let source =
                    block.1 == nil
                    ? String(block.2) : "on(\"job.created\", function(event) end)\nlocal function fragment(event)\n\(block.2)\nend"
                try desk.write("block-\(number)/rule.lua", source)
            }
            try desk.write("lib/calendar.lua", "return {}")
            let checked = try await desk.rules("check", desk.folder.path)
            #expect(checked.status == 0, "\(checked.text)")
        }
    }

    /// Sources for the guide's table of messages, with the messages.
    private static let mistakes = [
        (#"on("application.submited", function() end)"#, #"There is no event "application.submited"."#),
        (#"on("application.status_changing", function() end)"#, #""application.status_changing" is a proposal: wait for it with before."#),
        (#"before("application.submitted", function() end)"#, #""application.submitted" has happened already: wait for it with on."#),
        ("local a = 1", "It has no handler: before, on or every."),
        (submitted("local x = 85 <= event.application.custom"), "attempt to compare number with nil"),
        (submitted("local x = event.aplication.id"), "attempt to index a nil value (field 'aplication')"),
        (submitted(#"local x = "from " .. event.application.soucre"#), "attempt to concatenate a nil value (field 'soucre')"),
        ("on(\"application.submitted\", function(event)\n\n  if event.id then\n", "'end' expected (to close 'if' at line 3) near <eof>"),
        ("local x = = 1", "unexpected symbol near '='"),
        (submitted("event.application.move(\"screening\")"), "application:move needs its object: write it with a colon"),
        (submitted("event.application.status = \"hired\""), "'status' cannot be changed here"),
        (submitted("reject(\"no\")"), "reject can be used in a before handler only"),
        ("local now = time.now()\non(\"application.submitted\", function() end)", "time.now can be used inside a handler only"),
    ]

    private static func submitted(_ body: String) -> String { "on(\"application.submitted\", function(event) \(body) end)" }

    @Test func `the messages that the guide explains are the ones that are shown`() async throws {
        let guide = try String(contentsOf: Checkout.folder.appending(path: "admin/guide.md"), encoding: .utf8)
        let shop = try await RuleShop()
        for (source, message) in Self.mistakes {
            #expect(guide.contains("`\(message)`"), "\(message)")
            let event = source.hasPrefix("before") ? "application.status_changing" : "application.submitted"
            let body: JSON = ["source": .string(source), "event": .string(event)]
            let report = try await shop.admin.post("/admin/scripts/dry-run", body).expect(200).data
            let shown = [report["reason"]?.string] + (report["problems"]?.items ?? []).map { $0["message"]?.string }
            #expect(shown.contains { $0?.contains(message) ?? false }, "\(message), not \(shown)")
        }
    }

    @Test(arguments: [
        ("local x = event.aplication", 2, "There is no event.aplication. Did you mean event.application?"),
        (
            "local x = event.application.candidate.nmae", 2,
            "There is no event.application.candidate.nmae. Did you mean event.application.candidate.name?"
        ),
        ("event.application:mov(\"screening\")", 2, "There is no event.application.mov. Did you mean event.application:move?"),
        ("local x = event.application.scorecards[1].verdict", 2, "There is no event.application.scorecards[].verdict."),
    ])
    func `a dry run names the field that was meant`(line: String, number: Int, message: String) async throws {
        let shop = try await RuleShop()
        let source = "on(\"application.submitted\", function(event)\n  \(line)\nend)"
        let body: JSON = ["source": .string(source), "event": "application.submitted"]
        let problems = try await shop.admin.post("/admin/scripts/dry-run", body).expect(200).data["problems"]?.items ?? []
        #expect(problems.count == 1)
        #expect(problems.first?["message"]?.string == message)
        #expect(problems.first?["line"]?.int == number)
    }

    @Test func `every ready-made rule runs on the samples of its events`() async throws {
        let shop = try await RuleShop()
        let list = try JSONDecoder().decode([Entry].self, from: Data(contentsOf: Self.readyMade.appending(path: "index.json")))
        for entry in list {
            let source = try String(contentsOf: Self.readyMade.appending(path: "\(entry.name)/rule.lua"), encoding: .utf8)
            for hook in entry.hooks {
                let event = hook.split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
                let body: JSON = ["source": .string(source), "event": .string(event)]
                let report = try await shop.admin.post("/admin/scripts/dry-run", body).expect(200).data
                #expect(report["outcome"]?.string != "failed", "\(entry.name): \(report.text)")
                #expect(report["problems"]?.items.isEmpty ?? false, "\(entry.name): \(report.text)")
            }
        }
    }

    @Test func `a dry run takes what every event has, and whatever stands in a dictionary`() async throws {
        let shop = try await RuleShop()
        let source = """
            on("application.submitted", function(event)
              local app = event.application
              log(event.name, event.id, event.occurredAt, event.actor.kind, app.answers["notice.period"], app.job.customFields.anything, app.tags[9])
              app:move("screening", { reson = "typo" })
            end)
            """
        let body: JSON = ["source": .string(source), "event": "application.submitted"]
        let report = try await shop.admin.post("/admin/scripts/dry-run", body).expect(200).data
        #expect(report["problems"]?.items.isEmpty ?? false)
        #expect(report["effects"]?[0]?["problems"]?["reson"]?.string == "Unknown field. Did you mean \"reason\"?")
    }
}
