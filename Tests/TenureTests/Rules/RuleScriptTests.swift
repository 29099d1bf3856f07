import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// Scripts as their tenant's administrators see them: written, tried, published, watched.
@Suite struct RuleScriptTests {
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
        let misspelled = """
            -- on('application.sent')
            on('application.submitted', print)

            before(
              'application.status_changing',
              print)
            on('application.sent',
              print)
            """
        let placed = try await shop.admin.put("/admin/scripts/\(made.id)/draft", ["source": .string(misspelled)]).expect(200)
        #expect(placed.data["problems"]?.items.map { $0["line"]?.int } == [7])
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

    @Test func `a renamed script stays the same one, and a library that others require keeps its name`() async throws {
        let shop = try await RuleShop()
        let library = try await shop.publish("return { word = 'hello' }", name: "words", kind: "library")
        let rule = try await shop.publish(#"on("application.tagged", function() log(require("words").word) end)"#, name: "greets")
        let path = "/admin/scripts/\(rule.id)"
        let renamed = try await shop.admin.patch(path, ["name": "says-hello"]).expect(200)
        #expect(renamed.data["name"] == "says-hello" && renamed.data["status"] == "live" && renamed.data["liveVersion"] == 1)
        try await shop.admin.patch(path, ["name": "words"]).expect(409)
        try await shop.admin.patch(path, ["name": "late"], headers: ["If-Match": "\"1\""]).expect(412)
        let required = try await shop.admin.patch("/admin/scripts/\(library.id)", ["name": "vocabulary"]).expect(409)
        #expect(required.code == "LIBRARY_REQUIRED" && required.details["scripts"] == ["says-hello"])
        try await shop.admin.put("\(path)/draft", ["source": #"on("application.tagged", function() end)"#]).expect(200)
        try await shop.admin.patch("/admin/scripts/\(library.id)", ["name": "vocabulary"]).expect(200)
        let event = try await shop.admin.get("/admin/audit?name=script.renamed&subject=\(rule.id)").expect(200).items.first
        #expect(event?["payload"]?["former"] == "greets" && event?["payload"]?["script"]?["name"] == "says-hello")
    }

    @Test func `a deleted script stops at once, keeps its history and frees its name`() async throws {
        let shop = try await RuleShop()
        let source = #"before("application.status_changing", function() reject("Never.") end) every("1d", function() end)"#
        let rule = try await shop.publish(source, name: "never")
        let application = try await shop.job.application().id
        func move(_ application: String) async throws -> Answer {
            try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"])
        }
        try await move(application).expect(422)
        let path = "/admin/scripts/\(rule.id)"
        try await shop.admin.delete(path, ["reason": "A mistake"]).expect(200)
        try await move(application).expect(200)
        #expect(try await shop.admin.get("/admin/schedules").expect(200).items.isEmpty)
        #expect(try await shop.admin.get("/admin/scripts").expect(200).items.isEmpty)
        #expect(try await shop.admin.get("/admin/scripts?status=deleted").expect(200).items.map { $0["id"]?.string } == [rule.id])
        let seen = try await shop.admin.get(path).expect(200).data
        #expect(seen["status"] == "deleted" && seen["versions"]?.items.count == 1)
        #expect(try await shop.outcomes(of: rule) == ["rejected"])
        for answer in [
            try await shop.admin.post("\(path)/publish"), try await shop.admin.post("\(path)/rollback", ["version": 1]),
            try await shop.admin.put("\(path)/draft", ["source": ""]), try await shop.admin.patch(path, ["name": "ever"]),
            try await shop.admin.delete(path), try await shop.admin.put("\(path)/shadow", [:]),
            try await shop.admin.put("\(path)/limits", ["effectsPerHour": 5]),
        ] { #expect(answer.expect(409).code == "SCRIPT_DELETED") }
        let event = try await shop.admin.get("/admin/audit?name=script.deleted").expect(200).items.first
        #expect(event?["payload"]?["reason"] == "A mistake" && event?["actor"]?["id"]?.string == shop.admin.id)
        try await shop.publish(source, name: "never")
        try await move(try await shop.job.application().id).expect(422)
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
            #"on("application.submitted", function(event) for i = 1, 999 do math.abs(i) end event.application:tag(event.application.id) event.application:move("x", {y = 1}) end)"#
        let past = try await shop.admin.post("/admin/scripts/dry-run", ["source": .string(source), "eventId": .string(event ?? "")]).expect(
            200
        ).data
        #expect(past["outcome"]?.string == "refused")
        #expect(past["effects"]?[0]?["id"]?.string == application)
        #expect(past["effects"]?[0]?["problems"] == nil)
        #expect(past["effects"]?[1]?["problems"]?["y"]?.string == "Unknown field.")
        #expect((past["instructions"]?.int ?? 0) > 0 && (past["memoryPeak"]?.int ?? 0) > 0)
        #expect(past["readFields"]?.items.contains("application.id") ?? false)
        #expect(try await shop.seen(application)["tags"] == [])

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

    @Test func `a dry run names the handlers, and the line that reads an unknown field`() async throws {
        let shop = try await RuleShop()
        let source = """
            -- event.application.colour is not a field
            on("job.closed", function(event) log(event.job.colour) end)
            on("application.submitted", function(event)
              local application = event.application

              log(application.colour)
            end)
            """
        let run = try await shop.admin.post("/admin/scripts/dry-run", ["source": .string(source), "event": "application.submitted"])
            .expect(200).data
        #expect(run["problems"]?.items.map { $0["line"]?.int } == [6])
        #expect(run["handlers"]?.items.map { $0["name"]?.string } == ["job.closed", "application.submitted"])
        let other = try await shop.admin.post("/admin/scripts/dry-run", ["source": .string(source), "event": "job.published"]).expect(200)
            .data
        #expect(other["isHandled"] == false && other["outcome"] == "completed")
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

    @Test func `one tenant's rules are invisible to others`() async throws {
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
