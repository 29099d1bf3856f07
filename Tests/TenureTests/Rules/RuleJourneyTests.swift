import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// Tenants' own rules, from the first draft to what they do to applications.
@Suite struct RuleJourneyTests {
    @Test func `a before rule refuses a move with its own message, and nothing moves`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            before("application.status_changing", function(event)
              for i = 1, 1000 do math.abs(i) end
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
        #expect(try await shop.seen(application)["status"]?.string == "applied")
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

        let seen = try await shop.seen(application)
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

    @Test func `a rule can act on what it reads`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.tagged", function(event)
              local found = application(event.application.id)
              found:note(found.stageName .. ", " .. #found.notes .. " notes, job " .. job(found.jobId).title)
            end)
            """
        )
        let application = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "look"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        let notes = try await shop.recruiter.get("/applications/\(application)/notes").expect(200).items
        #expect(notes.first?["text"]?.string == "Applied, 0 notes, job Backend engineer")
        let run = try #require(try await shop.admin.get("/admin/scripts/\(script.id)/runs").items.first)
        #expect(run["reads"]?.items.compactMap { $0["name"]?.string } == ["application", "job"])
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
        #expect(try await shop.seen(application)["tags"] == [])
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

    @Test func `counts kept by concurrent rules add up`() async throws {
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

    @Test func `on rules and before rules don't wait for each other`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(#"before("application.status_changing", function(event) application(event.application.id) end)"#)
        let script = try await shop.publish(
            """
            on("application.tagged", function(event)
              for i = 1, 5 do application(event.application.id) end
              event.application:move("screening")
            end)
            """
        )
        let applications = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<12 { group.addTask { try await shop.job.application().id } }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for application in applications {
                group.addTask { try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "go"]).expect(200) }
                group.addTask {
                    try await shop.recruiter.patch("/applications/\(application)/status", ["status": "interview"]).expect(200)
                }
            }
            try await group.waitForAll()
        }
        try await eventually { try await shop.outcomes(of: script).count == 12 }
        #expect(try await shop.outcomes(of: script) == Array(repeating: "completed", count: 12))
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
        try await shop.publish(#"every("1d", { at = "07:30" }, function() store.set("ticks", store.get("ticks") + 10) end)"#, as: script)
        for (days, expected) in [(1, 12), (2, 22)] {
            try await shop.tenant.execute(
                """
                UPDATE schedules SET next_run_at = next_run_at - make_interval(days => \(days))
                WHERE tenant_id = \(shop.tenant.id) AND work_name = 'rules.tick'
                """
            )
            try await eventually { try await shop.remembered("ticks") == expected }
        }
        try await shop.admin.post("/admin/scripts/\(script.id)/disable").expect(200)
        #expect(try await shop.tenant.count("SELECT count(*) FROM schedules WHERE tenant_id = \(shop.tenant.id)") == 0)
    }
}
