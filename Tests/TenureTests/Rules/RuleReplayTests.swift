import Foundation
import Kernel
import Postgres
import Testing

/// Drafts run over the past: what they would have done, next to what was done.
@Suite struct RuleReplayTests {
    @Test func `it says whom a draft would have moved and noted, against what people did`() async throws {
        let shop = try await RuleShop()
        let ada = try await shop.applied("Ada")
        let bea = try await shop.applied("Bea")
        let cleo = try await shop.applied("Cleo")
        try await shop.move(ada, to: "interview")
        try await shop.move(bea, to: "rejected")
        let replay = try await shop.replay(
            """
            on("application.submitted", function(event)
              event.application:move("interview")
              if event.application.candidate.name == "Cleo Tester" then event.application:note("Call her.") end
            end)
            """
        )
        #expect(replay["status"]?.string == "completed" && replay["processed"]?.int == 3 && replay["total"]?.int == 3)
        #expect(replay["summary"]?["moved"]?.int == 2 && replay["summary"]?["noted"]?.int == 1)
        #expect(replay["summary"]?["unchanged"]?.int == 1)
        for people in ["advanced", "rejected", "undecided"] {
            #expect(replay["matrix"]?.items.contains(["verdict": "advance", "people": .string(people), "count": 1]) ?? false)
        }
        #expect(replay["readFields"] == ["application.candidate.name"] && replay["newlyReads"] == ["application.candidate.name"])
        #expect((replay["effectsPerHour"]?["peak"]?.int ?? 0) > 0)
        #expect((replay["cost"]?["instructionsMean"]?.int ?? -1) >= 0 && (replay["cost"]?["memoryPeak"]?.int ?? 0) > 0)

        let differences = try await shop.differences(of: replay)
        #expect(differences.compactMap { $0["subjectId"]?.string } == [bea, cleo])
        #expect(differences.first?["label"]?.string?.contains("Bea Tester") ?? false)
        #expect(differences.first?["did"]?.items.last == ["status": "rejected"])
        #expect(try await shop.differences(of: replay, "?kind=noted").compactMap { $0["subjectId"]?.string } == [cleo])
        #expect(try await shop.seen(cleo)["status"]?.string == "applied")
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_runs WHERE tenant_id = \(shop.tenant.id)") == 0)
    }

    @Test func `a before handler sees the proposal as it was`() async throws {
        let shop = try await RuleShop()
        let ada = try await shop.applied("Ada")
        let bea = try await shop.applied("Bea")
        try await shop.move(ada, to: "screening")
        try await shop.move(ada, to: "interview")
        try await shop.move(bea, to: "rejected")
        let replay = try await shop.replay(
            """
            before("application.submitting", function(event)
              if event.application.atsScore then error("it was not known then") end
            end)
            before("application.status_changing", function(event)
              if event.application.status ~= event.from then error("it is " .. event.application.status) end
              if application(event.application.id).status ~= event.from then error("the log says otherwise") end
              if event.to == "rejected" then return reject("Not so fast.", "SLOW") end
              if event.to == "interview" then event.reason = "Worded by a rule" end
            end)
            """
        )
        #expect(replay["errors"] == [] && replay["approximate"]?.int == 0)
        #expect(replay["summary"]?["refused"]?.int == 1 && replay["summary"]?["amended"]?.int == 1)
        #expect(replay["summary"]?["unchanged"]?.int == 3)
        let differences = try await shop.differences(of: replay)
        #expect(differences.first?["would"] == [["field": "reason", "value": "Worded by a rule"]])
        #expect(differences.last?["reason"]?.string == "Not so fast." && differences.last?["outcome"]?.string == "rejected")
    }

    @Test func `reads are answered with the state of that moment`() async throws {
        let shop = try await RuleShop()
        let ada = try await shop.applied("Ada")
        try await shop.applied("Bea")
        try await shop.move(ada, to: "offer")
        try await shop.recruiter.patch("/jobs/\(shop.job.id)", ["title": "Renamed since"]).expect(200)
        let source = """
            on("application.submitted", function(event)
              local app = event.application
              assert(application(app.id).status == "applied", "the status of today")
              assert(job(app.job.id).title == app.job.title, "the title of today")
              assert(math.abs(time.now() - time.parse(event.occurredAt)) < 1, "another time")
              local number = (store.get("number") or 0) + 1
              store.set("number", number)
              if number == 2 then app:note("The second of " .. #store.list("num")) end
            end)
            """
        let replay = try await shop.replay(source)
        #expect(replay["errors"] == [] && replay["approximate"]?.int == 0)
        #expect(replay["summary"]?["noted"]?.int == 1)
        #expect(try await shop.remembered("number", isThere: false))
        let today = try await shop.replay(#"on("application.submitted", function(event) candidate(event.application.candidate.id) end)"#)
        #expect(today["approximate"]?.int == 2)
    }

    @Test func `reads have the shape that they have live; what only today tells is approximate`() async throws {
        let shop = try await RuleShop()
        try await shop.applied("Ada")
        let source = """
            on("application.submitted", function(event)
              local app = application(event.application.id)
              assert(app.jobId == event.application.job.id, "no id of its job")
              assert(app.status == "applied" and app.job == nil and app.candidate == nil, "not as it is live")
              assert(#app.answers == 0, "the answers are no list")
              assert(#job(app.jobId).description > 0, "no description")
            end)
            """
        let script = try await shop.publish(source)
        let replay = try await shop.replay(source)
        #expect(replay["errors"] == [] && replay["approximate"]?.int == 1)
        let ada = try await shop.applied("Bea")
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        try await shop.move(ada, to: "offer")
        // Without a score at that time, though there is one now.
        try await shop.tenant.execute("UPDATE events SET payload = payload #- '{application,atsScore}' WHERE tenant_id = \(shop.tenant.id)")
        let unscored = try await shop.replay(
            #"on("application.submitted", function(event) assert(application(event.application.id).atsScore == nil, "today's") end)"#
        )
        #expect(unscored["errors"] == [] && unscored["approximate"]?.int == 0)
    }

    @Test func `what a live version did is not a difference`() async throws {
        let shop = try await RuleShop()
        let live = #"on("application.submitted", function(event) event.application:tag("new") end)"#
        let script = try await shop.publish(live)
        let ada = try await shop.applied("Ada")
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        #expect(try await shop.replay(live, as: script)["summary"]?["unchanged"]?.int == 1)
        let changed = try await shop.replay(#"on("application.submitted", function(event) event.application:tag("fresh") end)"#, as: script)
        #expect(changed["summary"]?["other"]?.int == 1)
        let difference = try #require(try await shop.differences(of: changed).first)
        #expect(difference["did"]?[0]?["arguments"] == ["tag": "new"] && difference["would"]?[0]?["arguments"] == ["tag": "fresh"])
        #expect(difference["subjectId"]?.string == ada)
        let view = try await shop.admin.post("/admin/scripts/\(script.id)/publish").expect(200).data
        #expect(view["trial"]?["kind"]?.string == "replay" && view["liveVersion"]?.int == 2)
        #expect(view["radius"]?["source"]?.string == "forecast" && view["radius"]?["effectsPerHour"]?.int == 10)
    }

    @Test func `errors are grouped with an example`() async throws {
        let shop = try await RuleShop()
        for name in ["Ada", "Bea"] { try await shop.applied(name) }
        let failing = try await shop.replay(#"on("application.submitted", function(event) error("broken") end)"#)
        #expect(failing["summary"]?["failed"]?.int == 2)
        #expect(failing["errors"]?[0]?["count"]?.int == 2 && failing["errors"]?[0]?["eventId"]?.string != nil)
        let wrong = try await shop.replay(#"on("application.submitted", function(event) event.application:move({}) end)"#)
        #expect(try await shop.differences(of: wrong).first?["outcome"]?.string == "refused")
    }

    @Test func `it is canceled while it runs, and there is one at a time`() async throws {
        let shop = try await RuleShop()
        try await shop.applied("Ada")
        try await shop.multiply("application.submitted", by: 5000)
        let source = #"on("application.submitted", function(event) for i = 1, 90000 do math.abs(i) end end)"#
        let script = try await shop.draft(source)
        let begun = try await shop.admin.post("/admin/scripts/\(script.id)/replay", ["last": 100_000]).expect(202)
        #expect(begun.data["status"]?.string == "queued")
        try await eventually { (try await shop.admin.get("/admin/replays/\(begun.id)").data["processed"]?.int ?? 0) > 0 }
        let second = try await shop.admin.post("/admin/scripts/\(script.id)/replay").expect(409)
        #expect(second.code == "REPLAY_RUNNING")
        let canceled = try await shop.admin.post("/admin/replays/\(begun.id)/cancel").expect(200)
        #expect(canceled.data["status"]?.string == "canceled")
        #expect(try await shop.admin.post("/admin/replays/\(begun.id)/cancel").expect(409).code == "REPLAY_OVER")
        try await eventually {
            try await shop.tenant.count("SELECT count(*) FROM work WHERE tenant_id = \(shop.tenant.id) AND name = 'rules.replay'") == 0
        }
        let after = try await shop.admin.get("/admin/replays/\(begun.id)").expect(200).data
        #expect(after["processed"] == canceled.data["processed"] && (after["processed"]?.int ?? 0) < 5001)
        #expect(try await shop.admin.get("/admin/scripts/\(script.id)/replays").expect(200).items.count == 1)
        #expect(try await shop.admin.post("/admin/scripts/\(script.id)/publish").expect(409).code == "SCRIPT_UNTRIED")
    }

    @Test func `a worker that lost its lease and the next one count no event twice`() async throws {
        let shop = try await RuleShop()
        try await shop.applied("Ada")
        try await shop.multiply("application.submitted", by: 2999)
        let script = try await shop.draft(#"on("application.submitted", function(event) event.application:tag("x") end)"#)
        let begun = try await shop.admin.post("/admin/scripts/\(script.id)/replay", ["last": 100_000]).expect(202)
        try await shop.tenant.execute(
            """
            INSERT INTO work (tenant_id, id, name, payload, run_at, created_at)
            VALUES (\(shop.tenant.id), gen_random_uuid(), 'rules.replay', jsonb_build_object('replay', \(begun.id)::text), now(), now())
            """
        )
        let replay = try await shop.ended(begun.id)
        #expect(replay["processed"]?.int == 3000 && replay["summary"]?["other"]?.int == 3000)
        let rows: SQL = "SELECT count(*) FROM script_replay_differences WHERE tenant_id = \(shop.tenant.id)"
        #expect(try await shop.tenant.count(rows) == 3000)
    }

    @Test func `the differences are a file for a spreadsheet, with no formula in it`() async throws {
        let shop = try await RuleShop()
        try await shop.applied("=1+1 \"Ada\"")
        let replay = try await shop.replay(#"on("application.submitted", function(event) event.application:note("Read, and noted.") end)"#)
        let file = try await shop.admin.get("/admin/replays/\(replay["id"]?.string ?? "")/file").expect(200)
        #expect(file.headers["content-type"]?.hasPrefix("text/csv") ?? false)
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 2 && lines.first?.hasPrefix("\"number\",\"event\"") ?? false)
        #expect(lines.last?.contains(#","'=1+1 ""Ada"" Tester, "#) ?? false)
        #expect(lines.last?.contains(#"""operation"":""application:note"""#) ?? false)
    }

    @Test func `what would be refused at any time is refused in a replay, and what only today forbids is not`() async throws {
        let shop = try await RuleShop()
        let ada = try await shop.applied("Ada")
        try await shop.move(ada, to: "interview")
        try await shop.move(ada, to: "rejected")
        for (stage, failed) in [("nowhere", 1), ("screening", 0)] {
            let replay = try await shop.replay(
                #"on("application.submitted", function(event) event.application:move("STAGE") end)"#.replacing("STAGE", with: stage)
            )
            #expect(replay["summary"]?["failed"]?.int ?? 0 == failed, "\(stage): \(replay.text)")
        }
    }

    @Test func `what can't be replayed is reported`() async throws {
        let shop = try await RuleShop()
        let library = try await shop.publish("return {}", kind: "library")
        #expect(try await shop.admin.post("/admin/scripts/\(library.id)/replay").expect(409).code == "NOTHING_TO_REPLAY")
        let schedule = try await shop.draft(#"every("1d", function() end)"#)
        #expect(try await shop.admin.post("/admin/scripts/\(schedule.id)/replay").expect(409).code == "NOTHING_TO_REPLAY")
        let broken = try await shop.draft("x = = 1")
        #expect(try await shop.admin.post("/admin/scripts/\(broken.id)/replay").expect(409).code == "SCRIPT_HAS_ERRORS")
        let script = try await shop.draft(#"on("application.tagged", function() end)"#)
        let bad: [JSON] = [
            ["last": 0], ["last": 100_001], ["from": "yesterday"], ["from": "2026-02-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"],
            ["events": ["application.rated"]],
        ]
        for body in bad { try await shop.admin.post("/admin/scripts/\(script.id)/replay", body).expect(400) }
        let empty = try await shop.replay(#"on("application.tagged", function() end)"#, as: script)
        #expect(empty["status"]?.string == "completed" && empty["total"]?.int == 0)
    }
}

extension RuleShop {
    fileprivate func draft(_ source: String) async throws -> Script {
        let name = UUID().uuidString
        let made = try await admin.post("/admin/scripts", ["name": .string(name), "kind": "rule", "source": .string(source)]).expect(201)
        return Script(id: made.id, name: name)
    }

    /// Replays a source to its end.
    fileprivate func replay(_ source: String, as script: Script? = nil) async throws -> JSON {
        let known = if let script { script } else { try await draft(source) }
        if script != nil { try await admin.put("/admin/scripts/\(known.id)/draft", ["source": .string(source)]).expect(200) }
        return try await ended(try await admin.post("/admin/scripts/\(known.id)/replay").expect(202).id)
    }

    fileprivate func ended(_ replay: String) async throws -> JSON {
        try await eventually {
            ["completed", "failed"].contains(try await admin.get("/admin/replays/\(replay)").expect(200).data["status"]?.string)
        }
        return try await admin.get("/admin/replays/\(replay)").data
    }

    fileprivate func differences(of replay: JSON, _ query: String = "") async throws -> [JSON] {
        try await admin.get("/admin/replays/\(replay["id"]?.string ?? "")/differences\(query)").expect(200).items
    }

    @discardableResult
    fileprivate func applied(_ name: String) async throws -> String {
        try await tenant.candidate(name).post("/jobs/\(job.id)/apply").expect(201).id
    }

    fileprivate func move(_ application: String, to status: String) async throws {
        try await recruiter.patch("/applications/\(application)/status", ["status": .string(status)]).expect(200)
    }

    fileprivate func remembered(_ key: String, isThere: Bool) async throws -> Bool {
        try await tenant.count("SELECT count(*) FROM script_store WHERE tenant_id = \(tenant.id) AND key = \(key)") == (isThere ? 1 : 0)
    }

    /// More copies of an existing event, each a second later.
    fileprivate func multiply(_ event: String, by count: Int) async throws {
        try await tenant.execute(
            """
            INSERT INTO events (tenant_id, id, name, subject_kind, subject_id, actor_kind, actor_id, payload, occurred_at)
            SELECT tenant_id, gen_random_uuid(), name, subject_kind, gen_random_uuid(), actor_kind, actor_id, payload,
                   occurred_at - make_interval(secs => number)
            FROM events
            CROSS JOIN generate_series(1, \(count)) AS number
            WHERE tenant_id = \(tenant.id) AND name = \(event)
            """
        )
    }
}
