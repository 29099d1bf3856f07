import Foundation
import Kernel
import Testing

@testable import tenure

/// Tenants' own rules, from the first draft to what they do to applications.
@Suite struct RuleJourneyTests {
    @Test func `a before rule refuses a move with its words, and nothing has moved`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            before("application.status_changing", function(event)
              if event.to == "offer" and #event.application.scorecards < 2 then
                return reject("Two scorecards are required before an offer.", "SCORECARDS_MISSING")
              end
            end)
            """
        )
        let application = try await shop.job.application().id
        let refused = try await shop.recruiter.patch("/applications/\(application)/status", ["status": "offer"]).expect(422)
        #expect(refused.code == "SCORECARDS_MISSING")
        #expect(refused.message == "Two scorecards are required before an offer.")
        #expect(refused.details["rule"]?.string == script.name)
        #expect(refused.details["version"]?.int == 1)
        #expect(try await shop.recruiter.get("/applications/\(application)").data["status"]?.string == "applied")
        try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)

        try await eventually { try await shop.outcomes(of: script) == ["completed", "rejected"] }
        let run = try #require(try await shop.admin.get("/admin/scripts/\(script.id)/runs?outcome=rejected").expect(200).items.first)
        #expect(run["reason"]?.string == "Two scorecards are required before an offer.")
        #expect(run["readFields"] == ["to", "application.scorecards"])
        #expect((run["instructions"]?.int ?? 0) > 0 && (run["memoryPeak"]?.int ?? 0) > 0)
        #expect(run["inputHash"]?.string?.count == 64)
    }

    @Test func `a before rule amends what it may, and the next one sees it`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            #"before("application.status_changing", function(event) event.reason = "worded by a rule" event.to = "interview" end)"#,
            name: "a"
        )
        try await shop.publish(
            """
            before("application.status_changing", function(event)
              if event.to ~= "interview" then reject("the first rule has not run") end
            end)
            """,
            name: "b"
        )
        let application = try await shop.job.application().id
        let moved = try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        #expect(moved.data["status"]?.string == "interview")
        let history = try await shop.recruiter.get("/applications/\(application)/history").expect(200).items
        #expect(history.last?["reason"]?.string == "worded by a rule")
    }

    @Test(arguments: [("block", 422), ("allow", 200)])
    func `a before rule that fails blocks or lets through, as it says`(onError: String, status: Int) async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            #"onError("\#(onError)") before("application.status_changing", function(event) local x = event.nothing.more end)"#
        )
        let application = try await shop.job.application().id
        let answer = try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(status)
        if status == 422 { #expect(answer.code == "RULE_FAILED") }
        try await eventually { try await shop.outcomes(of: script) == ["failed"] }
    }

    @Test func `a before rule may read, and sees what the change has done so far`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            """
            before("application.status_changing", function(event)
              local found = application(event.application.id)
              if found.status ~= event.from then reject("read " .. tostring(found.status)) end
              if not pcall(application, "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11") then reject("nobody there") end
            end)
            """
        )
        let application = try await shop.job.application().id
        let answer = try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(422)
        #expect(answer.message == "nobody there")
    }

    @Test func `an on rule moves, tags, notes and notifies`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.submitted", function(event)
              local app = event.application
              app:move("screening", { reason = "strong match" })
              app:tag("fast-track")
              app:note("Scored " .. tostring(app.atsScore) .. ".")
              notify { role = "recruiter", text = app.candidate.name .. " was fast-tracked" }
              log("event", event.name, event.actor.kind)
            end)
            """
        )
        let application = try await shop.job.application().id
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }

        let seen = try await shop.recruiter.get("/applications/\(application)").expect(200).data
        #expect(seen["status"]?.string == "screening")
        #expect(seen["tags"] == ["fast-track"])
        let history = try await shop.recruiter.get("/applications/\(application)/history").expect(200).items
        let moved = try #require(history.first { $0["event"]?.string == "application.status_changed" })
        #expect(moved["actor"]?.string == "rule")
        #expect(moved["reason"]?.string == "strong match")
        #expect(moved["causeId"]?.string == history.first?["id"]?.string)
        let notifications = try await shop.recruiter.get("/notifications").expect(200).items
        #expect(notifications.contains { $0["text"]?.string?.hasSuffix("was fast-tracked") ?? false })

        let run = try #require(try await shop.admin.get("/admin/scripts/\(script.id)/runs").expect(200).items.first)
        #expect(
            run["effects"]?.items.compactMap { $0["operation"]?.string } == [
                "application:move", "application:tag", "application:note", "notify",
            ]
        )
        #expect(run["log"]?[0]?.string?.hasPrefix("event application.submitted ") ?? false)
        let version = try await shop.admin.get("/admin/scripts/\(script.id)").expect(200).data["versions"]?[0]?["id"]?.string
        #expect(moved["actorId"]?.string?.lowercased() == version)
    }

    @Test func `one effect that is refused undoes the others`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.submitted", function(event)
              event.application:tag("kept?")
              store.set("kept", true)
              event.application:move("nowhere")
            end)
            """
        )
        let application = try await shop.job.application().id
        try await eventually { try await shop.outcomes(of: script) == ["refused"] }
        let run = try #require(try await shop.admin.get("/admin/scripts/\(script.id)/runs").items.first)
        #expect(run["code"]?.string == "VALIDATION_ERROR")
        #expect(run["reason"]?.string?.hasPrefix("application:move: ") ?? false)
        #expect(try await shop.recruiter.get("/applications/\(application)").data["tags"] == [])
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_store WHERE tenant_id = \(shop.tenant.id)") == 0)
    }

    @Test func `the same event twice has its effects once`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.submitted", function(event)
              store.set("count", (store.get("count") or 0) + 1)
              event.application:note("Seen.")
            end)
            """
        )
        let application = try await shop.job.application().id
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        for _ in 0..<5 {
            try await shop.tenant.execute(
                """
                INSERT INTO work (tenant_id, id, name, payload, run_at, created_at)
                SELECT tenant_id, gen_random_uuid(), 'rules.react', jsonb_build_object('event', id), now(), now()
                FROM events
                WHERE tenant_id = \(shop.tenant.id) AND name = 'application.submitted'
                """
            )
        }
        try await eventually { try await shop.pendingWork() == 0 }
        #expect(try await shop.outcomes(of: script) == ["completed"])
        #expect(try await shop.remembered("count") == 1)
        #expect(try await shop.recruiter.get("/applications/\(application)/notes").items.count == 1)
    }

    @Test func `what rules count together adds up`() async throws {
        let shop = try await RuleShop()
        let source = #"on("application.submitted", function() store.set("count", (store.get("count") or 0) + 1) end)"#
        let scripts = [try await shop.publish(source), try await shop.publish(source)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { _ = try await shop.job.application() } }
            try await group.waitForAll()
        }
        for script in scripts { try await eventually { try await shop.outcomes(of: script).count == 6 } }
        #expect(try await shop.remembered("count") == 12)
    }

    @Test func `rules that set each other off end at a depth`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.tagged", function(event)
              event.application:tag("t" .. tostring(#event.application.tags))
            end)
            """
        )
        let application = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "t0"]).expect(200)
        try await eventually { try await shop.outcomes(of: script).contains("tooDeep") }
        #expect(try await shop.outcomes(of: script).count { $0 == "completed" } == 8)
    }

    @Test func `an every rule runs when its time has come, once for each time`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"every("15m", function() store.set("ticks", (store.get("ticks") or 0) + 1) end)"#)
        for expected in 1...2 {
            try await shop.tenant.execute(
                "UPDATE schedules SET next_run_at = now() - interval '1 second' WHERE tenant_id = \(shop.tenant.id) AND work_name = 'rules.tick'"
            )
            try await eventually { try await shop.outcomes(of: script).count == expected }
        }
        #expect(try await shop.remembered("ticks") == 2)
        try await shop.admin.post("/admin/scripts/\(script.id)/disable").expect(200)
        #expect(try await shop.tenant.count("SELECT count(*) FROM schedules WHERE tenant_id = \(shop.tenant.id)") == 0)
    }

    @Test func `a draft is saved with its errors and not published with them`() async throws {
        let shop = try await RuleShop()
        let made = try await shop.admin.post("/admin/scripts", ["name": "typo", "kind": "rule"]).expect(201)
        let tag = try #require(made.headers["etag"])
        let saved = try await shop.admin.put(
            "/admin/scripts/\(made.id)/draft",
            ["source": "on('application.submitted', function()\n  x = = 1\nend)"],
            headers: ["If-Match": tag]
        ).expect(200)
        #expect(saved.data["problems"]?[0]?["line"]?.int == 2)
        let refused = try await shop.admin.post("/admin/scripts/\(made.id)/publish").expect(409)
        #expect(refused.code == "SCRIPT_HAS_ERRORS")
        #expect(refused.details["problems"]?[0]?["line"]?.int == 2)

        try await shop.admin.put("/admin/scripts/\(made.id)/draft", ["source": "x()"], headers: ["If-Match": tag]).expect(412)
        let unknown = try await shop.admin.put("/admin/scripts/\(made.id)/draft", ["source": "on('application.sent', print)"]).expect(200)
        #expect(unknown.data["problems"]?[0]?["message"]?.string == "There is no event \"application.sent\".")
        try await shop.admin.put("/admin/scripts/\(made.id)/draft", ["source": "", "grants": ["candidates:buy"]]).expect(400)
        #expect(try await shop.admin.post("/admin/scripts", ["name": "typo", "kind": "rule"]).expect(409).code == "SCRIPT_NAME_TAKEN")
    }

    @Test func `versions are kept, rolled back to and switched off`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"before("application.status_changing", function() reject("one") end)"#)
        try await shop.publish(#"before("application.status_changing", function() reject("two") end)"#, as: script)
        let application = try await shop.job.application().id
        func move() async throws -> Answer {
            try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"])
        }
        #expect(try await move().expect(422).message == "two")
        let back = try await shop.admin.post("/admin/scripts/\(script.id)/rollback", ["version": 1]).expect(200).data
        #expect(back["liveVersion"]?.int == 1)
        #expect(back["versions"]?.items.compactMap { $0["number"]?.int } == [2, 1])
        #expect(try await move().expect(422).message == "one")
        try await shop.admin.post("/admin/scripts/\(script.id)/rollback", ["version": 3]).expect(404)
        try await shop.admin.post("/admin/scripts/\(script.id)/disable", ["reason": "No longer wanted"]).expect(200)
        #expect(try await shop.admin.post("/admin/scripts/\(script.id)/disable").expect(409).code == "SCRIPT_NOT_LIVE")
        try await move().expect(200)
        let events = try await shop.admin.get("/admin/audit?limit=100").expect(200).items.compactMap {
            $0["event"]?.string ?? $0["name"]?.string
        }
        for name in ["script.created", "script.published", "script.rolled_back", "script.disabled"] { #expect(events.contains(name)) }
    }

    @Test func `a library is taken as it was when the rule was published`() async throws {
        let shop = try await RuleShop()
        let library = try await shop.publish("return { word = 'old' }", name: "words", kind: "library")
        try await shop.publish(
            #"local words = require("words") before("application.status_changing", function() reject(words.word) end)"#
        )
        try await shop.publish("return { word = 'new' }", as: library)
        let application = try await shop.job.application().id
        #expect(try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(422).message == "old")
        let lost = try await shop.admin.post("/admin/scripts", ["name": "lost", "kind": "rule", "source": "\nrequire('nothing')"]).expect(
            201
        )
        #expect(lost.data["problems"]?[0] == ["script": "lost", "line": 2, "message": "There is no live library \"nothing\"."])
    }

    @Test func `a version that keeps failing is switched off and the admin told`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function() error("broken") end)"#)
        let application = try await shop.job.application().id
        for number in 0..<20 {
            try await shop.recruiter.post("/applications/\(application)/tags", ["tag": .string("t\(number)")]).expect(200)
        }
        try await eventually { try await shop.admin.get("/admin/scripts/\(script.id)").data["status"]?.string == "disabled" }
        #expect(try await shop.outcomes(of: script).count == 20)
        let told = try await shop.admin.get("/notifications").expect(200).items
        #expect(told.contains { $0["text"]?.string?.contains("was switched off") ?? false })
    }

    @Test func `a rule does only what it was granted`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            #"on("application.submitted", function(event) event.application:tag("x") end)"#,
            grants: ["application:note"]
        )
        _ = try await shop.job.application()
        try await eventually { try await shop.outcomes(of: script) == ["failed"] }
        let run = try #require(try await shop.admin.get("/admin/scripts/\(script.id)/runs").items.first)
        #expect(run["reason"]?.string?.contains("no grant for application:tag") ?? false)
    }

    @Test func `a dry run says what would happen and does nothing`() async throws {
        let shop = try await RuleShop()
        let application = try await shop.job.application().id
        let event = try await shop.recruiter.get("/applications/\(application)/history").expect(200).items[0]["id"]?.string
        let source =
            #"on("application.submitted", function(event) event.application:tag(event.application.id) event.application:move("x", {y = 1}) end)"#
        let past = try await shop.admin.post("/admin/scripts/dry-run", ["source": .string(source), "eventId": .string(event ?? "")]).expect(
            200
        ).data
        #expect(past["outcome"]?.string == "completed")
        #expect(past["effects"]?[0]?["id"]?.string == application)
        #expect(past["effects"]?[0]?["problems"] == nil)
        #expect(past["effects"]?[1]?["problems"]?["y"]?.string == "Unknown field.")
        #expect((past["instructions"]?.int ?? 0) > 0 && (past["memoryPeak"]?.int ?? 0) > 0)
        #expect(past["readFields"]?.items.contains("application.id") ?? false)
        #expect(try await shop.recruiter.get("/applications/\(application)").data["tags"] == [])

        let before = try await shop.admin.post(
            "/admin/scripts/dry-run",
            [
                "source": #"before("application.status_changing", function(event) reject(event.to) end)"#,
                "event": "application.status_changing",
            ]
        ).expect(200).data
        #expect(before["outcome"]?.string == "rejected" && before["reason"]?.string == "hired" && before["hook"]?.string == "before")
        let broken = try await shop.admin.post("/admin/scripts/dry-run", ["source": "\nx = = 1", "event": "application.submitted"]).expect(
            200
        ).data
        #expect(broken["outcome"]?.string == "failed" && broken["problems"]?[0]?["line"]?.int == 2)
        try await shop.admin.post("/admin/scripts/dry-run", ["source": "", "event": "application.sent"]).expect(400)
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_runs WHERE tenant_id = \(shop.tenant.id)") == 0)
    }

    @Test func `the catalogue names every hook and every operation`() async throws {
        let shop = try await RuleShop()
        let catalogue = try await shop.admin.get("/admin/scripts/events").expect(200).data
        let event = try #require(catalogue["events"]?.items.first { $0["name"]?.string == "application.submitted" })
        #expect(event["sample"]?["application"]?["candidate"]?["name"]?.string == "Ada Lovelace")
        #expect(event["schema"]?["properties"]?["application"] != nil)
        let proposal = catalogue["proposals"]?.items.first { $0["name"]?.string == "application.status_changing" }
        #expect(proposal?["amendable"] == ["to", "reason"])
        let move = catalogue["operations"]?.items.first { $0["name"]?.string == "application:move" }
        #expect(move?["kind"]?.string == "effect" && move?["parameters"] == ["status"])
        #expect(catalogue["operations"]?.items.first { $0["name"]?.string == "application" }?["kind"]?.string == "read")
    }

    @Test func `runs are read on with a cursor`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function() end)"#)
        let application = try await shop.job.application().id
        for tag in ["a", "b", "c"] { try await shop.recruiter.post("/applications/\(application)/tags", ["tag": .string(tag)]).expect(200) }
        try await eventually { try await shop.outcomes(of: script).count == 3 }
        let first = try await shop.admin.get("/admin/scripts/\(script.id)/runs?limit=2").expect(200)
        #expect(first.items.count == 2)
        let cursor = try #require(first.data["nextCursor"]?.string)
        let rest = try await shop.admin.get("/admin/scripts/\(script.id)/runs?limit=2&cursor=\(cursor)").expect(200)
        #expect(rest.items.count == 1)
        #expect(rest.data["nextCursor"] == nil)
    }

    @Test func `one tenant's rules are nobody else's`() async throws {
        let shop = try await RuleShop()
        let other = try await RuleShop()
        let script = try await shop.publish(#"before("application.status_changing", function() reject("not here") end)"#)
        let application = try await other.job.application().id
        try await other.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        try await other.admin.get("/admin/scripts/\(script.id)").expect(404)
        try await other.admin.get("/admin/scripts/\(script.id)/runs").expect(404)
        try await other.admin.post("/admin/scripts/\(script.id)/publish").expect(404)
        try await other.admin.post("/admin/scripts/\(script.id)/disable").expect(404)
        #expect(try await other.admin.get("/admin/scripts").expect(200).items.isEmpty)
        try await shop.recruiter.get("/admin/scripts").expect(403)
    }
}

/// A tenant with a published job, a recruiter, and an administrator who writes rules.
private struct RuleShop: Sendable {
    struct Script: Sendable {
        let id: String
        let name: String
    }

    let tenant: TestTenant
    let admin: Person
    let recruiter: Person
    let job: TestJob

    init() async throws {
        tenant = try await TestTenant()
        admin = try await tenant.admin()
        let company = try await tenant.company()
        recruiter = try await company.recruiter()
        job = try await company.job()
    }

    @discardableResult
    func publish(_ source: String, name: String = UUID().uuidString, kind: String = "rule", grants: [String]? = nil) async throws -> Script
    {
        var body: JSON = ["name": .string(name), "kind": .string(kind), "source": .string(source)]
        if let grants, case .object(var members) = body {
            members["grants"] = .array(grants.map(JSON.string))
            body = .object(members)
        }
        let made = try await admin.post("/admin/scripts", body).expect(201)
        try await admin.post("/admin/scripts/\(made.id)/publish").expect(200)
        return Script(id: made.id, name: name)
    }

    func publish(_ source: String, as script: Script) async throws {
        try await admin.put("/admin/scripts/\(script.id)/draft", ["source": .string(source)]).expect(200)
        try await admin.post("/admin/scripts/\(script.id)/publish", ["comment": "better"]).expect(200)
    }

    /// Newest first.
    func outcomes(of script: Script) async throws -> [String] {
        try await admin.get("/admin/scripts/\(script.id)/runs?limit=100").expect(200).items.compactMap { $0["outcome"]?.string }
    }

    func remembered(_ key: String) async throws -> Int {
        try await tenant.count("SELECT (value #>> '{}')::int FROM script_store WHERE tenant_id = \(tenant.id) AND key = \(key)")
    }

    func pendingWork() async throws -> Int {
        try await tenant.count("SELECT count(*) FROM work WHERE tenant_id = \(tenant.id) AND name = 'rules.react'")
    }
}
