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
        #expect(refused.details["event"]?.string?.contains("is not a schedule") ?? false)
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_trials WHERE tenant_id = \(shop.tenant.id)") == 0)
        let made = try await shop.admin.post("/admin/scripts", ["name": "new", "kind": "rule", "source": .string(source)]).expect(201)
        #expect(made.data["problems"]?.items.count == 1)
    }

    @Test func `a test run on something that happened tries each effect as it would be tried live, and keeps none`() async throws {
        let shop = try await RuleShop()
        let application = try await shop.job.application().id
        let source = """
            on("application.submitted", function(event)
              event.application:tag("kept?")
              store.set("kept", true)
              event.application:move("STAGE")
              event.application:note("After it.")
            end)
            """
        func run(_ stage: String) async throws -> JSON {
            try await shop.tried(source.replacing("STAGE", with: stage), on: "application.submitted")
        }
        for (stage, code) in [("nowhere", "VALIDATION_ERROR"), ("hired", "ILLEGAL_MOVE")] {
            let refused = try await run(stage)
            #expect(refused["outcome"] == "refused" && refused["code"]?.string == code, "\(refused.text)")
            #expect(refused["reason"]?.string?.hasPrefix("application:move: ") == true)
            #expect(refused["effects"]?.items.map { $0["fate"]?.string } == ["undone", "undone", "refused", "undone"])
        }
        let possible = try await run("screening")
        #expect(possible["outcome"] == "completed")
        #expect(possible["effects"]?.items.map { $0["fate"]?.string } == ["happens", "happens", "happens", "happens"])
        let seen = try await shop.seen(application)
        #expect(seen["tags"] == [] && seen["status"] == "applied")
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_store WHERE tenant_id = \(shop.tenant.id)") == 0)
        #expect(try await shop.admin.get("/admin/audit?name=application.tagged").expect(200).items.isEmpty)
    }

    @Test func `an effect on a made-up subject is not tried, and says so`() async throws {
        let shop = try await RuleShop()
        let source = #"on("application.submitted", function(event) event.application:move("screening") store.set("seen", true) end)"#
        let body: JSON = ["source": .string(source), "event": "application.submitted"]
        let report = try await shop.admin.post("/admin/scripts/dry-run", body).expect(200).data
        #expect(report["outcome"] == "completed")
        #expect(report["effects"]?.items.map { $0["fate"]?.string } == ["untried", "happens"])
    }

    @Test func `what another rule or a missing grant would refuse is refused in a test run, and leaves no receipt`() async throws {
        let shop = try await RuleShop()
        let guardian = try await shop.publish(#"before("application.status_changing", function() return reject("Not today.") end)"#)
        _ = try await shop.job.application()
        let source = #"on("application.submitted", function(event) event.application:move("screening") end)"#
        let guarded = try await shop.tried(source, on: "application.submitted")
        #expect(guarded["outcome"] == "refused" && guarded["reason"]?.string?.contains("Not today.") == true)
        #expect(try await shop.outcomes(of: guardian).isEmpty)
        let ungranted = try await shop.tried(source, on: "application.submitted", grants: ["application:tag"])
        #expect(ungranted["outcome"] != "completed")
    }

    @Test func `publishing says for which events a rule would be refused, until a test run goes well`() async throws {
        let shop = try await RuleShop()
        let company = shop.recruiter
        let application = try await shop.job.application().id
        let source = #"on("application.submitted", function(event) event.application:move("screening") end)"#
        let made = try await shop.admin.post("/admin/scripts", ["name": "mover", "kind": "rule", "source": .string(source)]).expect(201)
        try await company.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        try await company.patch("/applications/\(application)/status", ["status": "interview"]).expect(200)
        let late = try await shop.tried(source, on: "application.submitted")
        let refused = try await shop.admin.get("/admin/scripts/\(made.id)").expect(200).data["trial"]?["refused"]
        #expect(refused == (late["outcome"] == "refused" ? ["application.submitted"] : []))
        let other = try await shop.job.application().id
        try await eventually { try await shop.latest("application.submitted", of: other) != nil }
        #expect(try await shop.tried(source, on: "application.submitted")["outcome"] == "completed")
        #expect(try await shop.admin.get("/admin/scripts/\(made.id)").expect(200).data["trial"]?["refused"] == [])
    }

    @Test(arguments: ["1m", "366d", "52w", "9999m"]) func `an interval of up to a year is one`(interval: String) async throws {
        let shop = try await RuleShop()
        try await shop.publish("every(\"\(interval)\", function() end)")
    }
}

extension RuleShop {
    /// The report of a test run on the newest event of that name.
    fileprivate func tried(_ source: String, on event: String, grants: [String]? = nil) async throws -> JSON {
        try await eventually { try await latest(event) != nil }
        let id = try await latest(event) ?? ""
        let grants: JSON = grants.map { .array($0.map(JSON.string)) } ?? .null
        let body: JSON = ["source": .string(source), "eventId": .string(id), "grants": grants]
        return try await admin.post("/admin/scripts/dry-run", body).expect(200).data
    }

    fileprivate func latest(_ event: String, of subject: String? = nil) async throws -> String? {
        let found = try await admin.get("/admin/audit?name=\(event)\(subject.map { "&subject=\($0)" } ?? "")&limit=1").expect(200).items
            .first
        return found?["id"]?.string
    }
}
