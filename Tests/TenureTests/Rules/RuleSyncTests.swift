import Foundation
import Kernel
import Testing

/// `tenure rules push`, `pull` and `replay-receipt`: a directory and a server.
@Suite struct RuleSyncTests {
    /// A tenant, its key, and a desk whose commands use them.
    private struct Team {
        let admin: Person
        let key: String
        let desk: RuleDesk

        static func run(_ body: (Team) async throws -> Void) async throws {
            let admin = try await TestTenant().admin()
            // With no more than rules need.
            let key = try #require(try await admin.key([.writeRules]).token)
            try await RuleDesk.run { desk in try await body(Team(admin: admin, key: key, desk: desk)) }
        }

        func rules(_ command: String, _ folder: String = "rules", _ options: String...) async throws -> RuleDesk.Outcome {
            try await desk.run(
                [command, desk.path(folder), "--server", admin.server.url.absoluteString] + options,
                ["TENURE_API_KEY": key]
            )
        }

        func script(_ name: String) async throws -> JSON {
            let found = try await admin.get("/admin/scripts?limit=100").expect(200).items.first { $0["name"]?.string == name }
            return try await admin.get("/admin/scripts/\(found?["id"]?.string ?? "none")").expect(200).data
        }
    }

    private static let tagger = """
        local words = require("words")
        on("application.submitted", function(event) event.application:tag(words.tag) end)
        """

    private static func writeRules(_ desk: RuleDesk) throws {
        try desk.write("rules/tagger/rule.lua", tagger)
        try desk.write("rules/tagger/rule.json", #"{"grants": ["application:tag"]}"#)
        try desk.write(
            "rules/tagger/fixtures/a.json",
            #"{"title": "It tags", "event": "application.submitted", "expect": {"effects": [{"operation": "application:tag"}]}}"#
        )
        try desk.write("rules/lib/words.lua", "return { tag = 'new' }")
    }

    @Test func `a directory is pushed, published, and then left alone`() async throws {
        try await Team.run { team in
            try Self.writeRules(team.desk)
            let rehearsed = try await team.rules("push", "rules", "--publish", "--dry-run")
            #expect(rehearsed.text.contains("words   would be created, would be published\ntagger  would be created, would be published\n"))
            #expect(try await team.admin.get("/admin/scripts").expect(200).items.isEmpty)

            let pushed = try await team.rules("push", "rules", "--publish", "--comment", "From git")
            #expect(
                pushed.text.contains("words   created, published as version 1\ntagger  created, published as version 1\n"),
                "\(pushed.text)"
            )
            #expect(pushed.status == 0)
            let script = try await team.script("tagger")
            #expect(script["status"] == "live" && script["grants"] == ["application:tag"])
            #expect(script["versions"]?[0]?["comment"] == "From git")

            let again = try await team.rules("push", "rules", "--publish")
            #expect(again.text.contains("words   unchanged\ntagger  unchanged\n"), "\(again.text)")

            try team.desk.write("rules/lib/words.lua", "return { tag = 'newer' }")
            let newer = try await team.rules("push", "rules", "--publish")
            #expect(newer.text.contains("words   saved, published as version 2\ntagger  published as version 2\n"), "\(newer.text)")

            let id = try #require(script["id"]?.string)
            try await team.admin.post("/admin/scripts/\(id)/rollback", ["version": 1]).expect(200)
            #expect(
                try await team.rules("push", "rules", "--publish").text.contains(
                    "tagger  unchanged, another version is live on the server\n"
                )
            )
            try await team.admin.post("/admin/scripts/\(id)/disable").expect(200)
            #expect(try await team.rules("push", "rules", "--publish").text.contains("tagger  unchanged, disabled on the server\n"))
        }
    }

    @Test func `what somebody changed on the server is not overwritten`() async throws {
        try await Team.run { team in
            try Self.writeRules(team.desk)
            #expect(try await team.rules("push", "rules", "--publish").status == 0)
            let id = try #require(try await team.script("tagger")["id"]?.string)
            try await team.admin.put("/admin/scripts/\(id)/draft", ["source": "-- by hand\n\(Self.tagger)"]).expect(200)
            try team.desk.write("rules/tagger/rule.lua", "-- in git\n\(Self.tagger)")

            let refused = try await team.rules("push")
            #expect(refused.text.contains("tagger  CONFLICT: its draft was changed on the server") && refused.status == 1)
            let pulled = try await team.rules("pull")
            #expect(pulled.text.contains("tagger  CONFLICT: changed here and on the server") && pulled.status == 1)
            #expect(try team.desk.read("rules/tagger/rule.lua").hasPrefix("-- in git"))

            #expect(try await team.rules("push", "rules", "--force").text.contains("tagger  saved\n"))
            #expect(try await team.script("tagger")["draft"]?.string?.hasPrefix("-- in git") == true)
            #expect(try await team.script("tagger")["liveVersion"] == 1)
        }
    }

    @Test func `a server's scripts are pulled, and what exists only here is listed`() async throws {
        try await Team.run { team in
            try Self.writeRules(team.desk)
            _ = try await team.rules("push")
            let pulled = try await team.rules("pull", "copy")
            #expect(pulled.text.contains("tagger  written\n") && pulled.text.contains("words   written\n") && pulled.status == 0)
            for file in ["tagger/rule.lua", "lib/words.lua"] {
                #expect(try team.desk.read("copy/\(file)") == team.desk.read("rules/\(file)"))
            }
            #expect(try JSON(parsing: team.desk.read("copy/tagger/rule.json").utf8) == ["grants": ["application:tag"]])
            #expect(!FileManager.default.fileExists(atPath: team.desk.path("copy/tagger/fixtures")))

            let id = try #require(try await team.script("tagger")["id"]?.string)
            try await team.admin.put("/admin/scripts/\(id)/draft", ["source": .string(Self.tagger + "\n"), "grants": .null]).expect(200)
            try team.desk.write("rules/lib/words.lua", "return { tag = 'mine' }")
            try team.desk.write("rules/idle/rule.lua", "on('application.tagged', function() end)")
            let again = try await team.rules("pull")
            for line in ["tagger  updated\n", "words   changed here, not pushed\n", "idle    only here\n"] {
                #expect(again.text.contains(line), "\(again.text)")
            }
            #expect(again.status == 0)
            #expect(!FileManager.default.fileExists(atPath: team.desk.path("rules/tagger/rule.json")))
            #expect(FileManager.default.fileExists(atPath: team.desk.path("rules/tagger/fixtures/a.json")))
            #expect(try await team.rules("push").text.contains("idle    created\n"))
        }
    }

    @Test func `a rule whose fixtures fail is not pushed, and the others are`() async throws {
        try await Team.run { team in
            try Self.writeRules(team.desk)
            try team.desk.write(
                "rules/tagger/fixtures/b.json",
                #"{"title": "It does nothing", "event": "application.submitted", "expect": {"effects": []}}"#
            )
            let pushed = try await team.rules("push", "rules", "--publish")
            #expect(pushed.text.contains("tagger  not pushed\n") && pushed.text.contains("b.json: It does nothing"), "\(pushed.text)")
            #expect(pushed.status == 1)
            #expect(try await team.admin.get("/admin/scripts").expect(200).items.compactMap { $0["name"]?.string } == ["words"])
        }
    }

    @Test func `without a good key or a server nothing happens`() async throws {
        try await Team.run { team in
            try Self.writeRules(team.desk)
            let address = team.admin.server.url.absoluteString
            let none = try await team.desk.run(["push", team.desk.path("rules"), "--server", address], [:])
            #expect(none.text.contains("Set TENURE_API_KEY") && none.status != 0)
            let wrong = try await team.desk.run(["push", team.desk.path("rules"), "--server", address], ["TENURE_API_KEY": "tnk_wrong"])
            #expect(wrong.text.contains("The server does not know this key") && wrong.status != 0)
            let closed = try await team.desk.run(
                ["pull", team.desk.path("copy"), "--server", "http://127.0.0.1:1"],
                ["TENURE_API_KEY": team.key]
            )
            #expect(closed.text.contains("http://127.0.0.1:1: ") && closed.status != 0)
            let elsewhere = "\(address)/admin"
            let lost = try await team.desk.run(["pull", team.desk.path("copy"), "--server", elsewhere], ["TENURE_API_KEY": team.key])
            #expect(lost.text.contains("\(elsewhere): This is not a Tenure server.") && lost.status != 0)
        }
    }

    @Test func `a receipt is shown and its run executed again`() async throws {
        let shop = try await RuleShop()
        let key = try #require(try await shop.admin.post("/enterprise/api-key/regenerate").expect(200).data["key"]?.string)
        let script = try await shop.publish(#"on("application.tagged", function(event) log(random()) event.application:note("seen") end)"#)
        let application = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "go"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        let run = try await shop.admin.get("/admin/scripts/\(script.id)/runs").expect(200).items[0]["id"]?.string ?? ""
        try await RuleDesk.run { desk in
            let options = ["--server", shop.admin.server.url.absoluteString]
            let shown = try await desk.run(["replay-receipt", run] + options, ["TENURE_API_KEY": key])
            for words in [
                "rule      \(script.name), version 1\n", "ran for   on application.tagged ", "outcome   completed\n",
                "effect    application:note \(application) {\"text\":\"seen\"}\n", "log       0.", "again     same, bit for bit\n",
            ] {
                #expect(shown.text.contains(words), "\(shown.text)")
            }
            #expect(shown.status == 0)
            let unknown = try await desk.run(["replay-receipt", Identifier<User>().description] + options, ["TENURE_API_KEY": key])
            #expect(unknown.text.contains("Run not found.") && unknown.status == 1)
        }
    }
}
