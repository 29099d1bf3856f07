import Foundation
import Kernel
import Postgres
import Testing

/// What is required before publishing.
@Suite struct RuleTrialTests {
    private static let source = #"on("application.submitted", function(event) log(event.application.atsScore) end)"#

    @Test func `a draft that was never tried is not published`() async throws {
        let shop = try await RuleShop()
        let made = try await shop.admin.post("/admin/scripts", ["name": "new", "kind": "rule", "source": .string(Self.source)]).expect(201)
        #expect(made.data["trial"] == nil)
        let refused = try await shop.admin.post("/admin/scripts/\(made.id)/publish").expect(409)
        #expect(refused.code == "SCRIPT_UNTRIED")
        try await shop.tryOut(Self.source, grants: ["application:move"])
        #expect(try await shop.admin.post("/admin/scripts/\(made.id)/publish").expect(409).code == "SCRIPT_UNTRIED")
        try await shop.tryOut(Self.source)
        try await shop.admin.post("/admin/scripts/\(made.id)/publish").expect(200)
    }

    @Test func `a trial says what the draft reads, and what it reads newly`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(Self.source)
        let live = try await shop.admin.get("/admin/scripts/\(script.id)").expect(200).data
        #expect(live["trial"]?["kind"]?.string == "dryRun")
        #expect(live["trial"]?["readFields"] == ["application.atsScore"])
        #expect(live["trial"]?["newlyReads"] == [])
        #expect(live["versions"]?[0]?["readFields"] == ["application.atsScore"])

        let source = Self.source + "\n" + #"before("application.submitting", function(event) log(event.application.status) end)"#
        try await shop.admin.put("/admin/scripts/\(script.id)/draft", ["source": .string(source)]).expect(200)
        for event in ["application.submitted", "application.submitting"] {
            try await shop.admin.post("/admin/scripts/dry-run", ["source": .string(source), "event": .string(event)]).expect(200)
        }
        let draft = try await shop.admin.get("/admin/scripts/\(script.id)").expect(200).data
        #expect(draft["trial"]?["readFields"] == ["application.atsScore", "application.status"])
        #expect(draft["trial"]?["newlyReads"] == ["application.status"])
    }

    @Test func `a source that does not load was not tried, and a library need not be`() async throws {
        let shop = try await RuleShop()
        try await shop.admin.post("/admin/scripts/dry-run", ["source": "x = = 1", "event": "application.submitted"]).expect(200)
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_trials WHERE tenant_id = \(shop.tenant.id)") == 0)
        try await shop.publish("return {}", name: "words", kind: "library")
    }

    @Test func `a newer library asks for another trial of the rule that takes it`() async throws {
        let shop = try await RuleShop()
        let library = try await shop.publish("return { least = 80 }", name: "scores", kind: "library")
        let script = try await shop.publish("local scores = require('scores')\n" + Self.source)
        try await shop.admin.post("/admin/scripts/\(script.id)/publish").expect(200)
        try await shop.publish("return { least = 90 }", as: library)
        #expect(try await shop.script(script)["trial"]?["kind"] == nil)
        #expect(try await shop.admin.post("/admin/scripts/\(script.id)/publish").expect(409).code == "SCRIPT_UNTRIED")
        try await shop.tryOut("local scores = require('scores')\n" + Self.source)
        try await shop.admin.post("/admin/scripts/\(script.id)/publish").expect(200)
    }

    @Test func `an event that is too large to run, or a past without events, is not a trial`() async throws {
        let shop = try await RuleShop()
        let made = try await shop.admin.post("/admin/scripts", ["name": "new", "kind": "rule", "source": .string(Self.source)]).expect(201)
        let body: JSON = [
            "source": .string(Self.source), "event": "application.submitted",
            "payload": ["text": .string(String(repeating: "x", count: 200_000))],
        ]
        #expect(try await shop.admin.post("/admin/scripts/dry-run", body).expect(200).data["code"] == "input")
        let replay = try await shop.admin.post("/admin/scripts/\(made.id)/replay").expect(202).id
        try await eventually { try await shop.admin.get("/admin/replays/\(replay)").expect(200).data["status"] == "completed" }
        #expect(try await shop.admin.get("/admin/replays/\(replay)").expect(200).data["total"] == 0)
        #expect(try await shop.admin.post("/admin/scripts/\(made.id)/publish").expect(409).code == "SCRIPT_UNTRIED")
        let later = Timestamp.text(Date().addingTimeInterval(3600))
        let refused = try await shop.admin.post("/admin/scripts/\(made.id)/replay", ["from": .string(later)]).expect(400)
        #expect(refused.details["from"] == "Must be in the past.")
    }

    @Test(arguments: ["9999w", "53w", "367d", "0m", "05m", "+5m", "1y", "5", "m", "application.submitted"])
    func `an invalid interval can't be tried`(interval: String) async throws {
        let shop = try await RuleShop()
        let source = "every(\"\(interval)\", function() end)"
        let body: JSON = ["source": .string(source), "event": .string(interval), "kind": "every"]
        let refused = try await shop.admin.post("/admin/scripts/dry-run", body).expect(400)
        #expect(refused.details["event"]?.string?.contains("is not an interval") ?? false)
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_trials WHERE tenant_id = \(shop.tenant.id)") == 0)
        let made = try await shop.admin.post("/admin/scripts", ["name": "new", "kind": "rule", "source": .string(source)]).expect(201)
        #expect(made.data["problems"]?.items.count == 1)
    }

    @Test(arguments: ["1m", "366d", "52w", "9999m"]) func `an interval of up to a year is one`(interval: String) async throws {
        let shop = try await RuleShop()
        try await shop.publish("every(\"\(interval)\", function() end)")
    }
}
