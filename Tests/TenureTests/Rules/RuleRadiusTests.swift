import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// A rule that does too much pauses, and its effects wait for an administrator.
@Suite struct RuleRadiusTests {
    private static let noting = """
        on("application.tagged", function(event) event.application:note("Seen " .. event.tag) end)
        before("application.status_changing", function(event) if event.to == "offer" then reject("no") end end)
        """

    @Test func `beyond its limit a rule pauses, and its effects are released or discarded`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(Self.noting)
        #expect(try await shop.script(script)["radius"]?["source"] == "standard")
        let limited = try await shop.admin.put("/admin/scripts/\(script.id)/limits", ["effectsPerHour": 2]).expect(200).data
        #expect(limited["radius"]?["effectsPerHour"] == 2 && limited["radius"]?["source"] == "own")
        let application = try await shop.job.application().id
        try await shop.tag(application, ["a", "b"], until: script, has: 2)
        try await shop.tag(application, ["c"], until: script, has: 3)
        try await shop.tag(application, ["d"], until: script, has: 4)
        try await shop.tag(application, ["e"], until: script, has: 5)

        #expect(try await shop.outcomes(of: script) == Array(repeating: "completed", count: 5))
        #expect(try await shop.notes(application) == ["Seen a", "Seen b"])
        let radius = try await shop.script(script)["radius"]
        #expect(radius?["held"] == 3 && radius?["lastHour"] == 2 && radius?["pausedAt"]?.string != nil)
        #expect(try await shop.events("script.paused").count == 1)
        let halt = try await shop.listed(script)["halt"]
        #expect(halt?["kind"] == "paused" && halt?["reason"]?.string?.contains("2 are allowed") ?? false)
        #expect(halt?["since"] == radius?["pausedAt"])
        #expect(try await shop.script(script)["halt"] == halt)
        let mail = try await shop.tenant.server.letterbox.awaited(to: shop.admin.email, containing: "is paused")
        #expect(mail.contains("It had 2 effects within the hour and wanted 1 more; 2 are allowed."))
        // Its `before` handler still works.
        #expect(try await shop.recruiter.patch("/applications/\(application)/status", ["status": "offer"]).expect(422).message == "no")

        let held = try await shop.held(script)
        #expect(held.compactMap { $0["effects"]?[0]?["arguments"]?["text"]?.string } == ["Seen c", "Seen d", "Seen e"])
        #expect(held.allSatisfy { $0["label"]?.string?.hasPrefix("Ada Tester") ?? false })
        let second = try #require(held[1]["id"]?.string)
        let one = try await shop.admin.post("/admin/scripts/\(script.id)/held/release", ["runs": [.string(second)]]).expect(200).data
        #expect(one["released"] == 1 && one["waiting"] == 2 && one["failed"] == [])
        #expect(try await shop.notes(application) == ["Seen a", "Seen b", "Seen d"])
        let noted = try await shop.events("application.noted").last
        #expect(noted?["actor"] == "rule" && noted?["cause"]?.string != nil)
        let again = try await shop.admin.post("/admin/scripts/\(script.id)/held/release", ["runs": [.string(second)]]).expect(200).data
        #expect(again["released"] == 0)
        let rest = try await shop.admin.post("/admin/scripts/\(script.id)/held/discard").expect(200).data
        #expect(rest["discarded"] == 2)
        #expect(try await shop.held(script, "discarded").count == 2)
        #expect(try await shop.script(script)["radius"]?["lastHour"] == 2)

        let resumed = try await shop.admin.post("/admin/scripts/\(script.id)/resume").expect(200).data
        #expect(resumed["radius"]?["lastHour"] == 0 && resumed["radius"]?["pausedAt"]?.string == nil)
        #expect(try await shop.listed(script)["halt"]?["kind"] == nil)
        #expect(try await shop.admin.post("/admin/scripts/\(script.id)/resume").expect(409).code == "SCRIPT_NOT_PAUSED")
        // The sixth was the `before` handler.
        try await shop.tag(application, ["f"], until: script, has: 7)
        #expect(try await shop.notes(application).last == "Seen f")
        for (event, count) in [("limited", 1), ("effects_released", 1), ("effects_discarded", 1), ("resumed", 1)] {
            #expect(try await shop.events("script.\(event)").count == count, "\(event)")
        }
    }

    @Test func `an effect that is no longer possible fails its run alone`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.tagged", function(event)
              event.application:note(event.tag)
              if event.tag == "bad" then event.application:move("nowhere") end
              store.set("seen", (store.get("seen") or 0) + 1)
            end)
            """
        )
        try await shop.tenant.execute("UPDATE scripts SET paused_at = now() WHERE tenant_id = \(shop.tenant.id)")
        let application = try await shop.job.application().id
        try await shop.tag(application, ["good"], until: script, has: 1)
        try await shop.tag(application, ["bad"], until: script, has: 2)
        let report = try await shop.admin.post("/admin/scripts/\(script.id)/held/release").expect(200).data
        #expect(report["released"] == 1 && report["waiting"] == 1 && report["untried"] == 0)
        #expect(report["failed"]?[0]?["reason"]?.string != nil)
        #expect(try await shop.notes(application) == ["good"])
        // Writes to the store affect nobody, and did not wait.
        #expect(try await shop.remembered("seen") == 2)
        let waiting = try await shop.held(script)
        #expect(waiting.count == 1 && waiting[0]["problem"] == report["failed"]?[0]?["reason"])
        let run = try await shop.admin.get("/admin/runs/\(waiting[0]["id"]?.string ?? "")").expect(200).data
        #expect(run["isHeld"] == true && run["outcome"] == "completed")
    }

    @Test func `a paused rule that counts keeps counting, and everything waiting can be released`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.tagged", function(event)
              local count = (store.get("count") or 0) + 1
              store.set("count", count)
              if event.tag ~= "quiet" then event.application:note("Number " .. count) end
            end)
            """
        )
        try await shop.tenant.execute("UPDATE scripts SET paused_at = now() WHERE tenant_id = \(shop.tenant.id)")
        let application = try await shop.job.application().id
        for (number, tag) in ["a", "quiet", "b", "c"].enumerated() {
            try await shop.tag(application, [tag], until: script, has: number + 1)
        }
        #expect(try await shop.remembered("count") == 4)
        let held = try await shop.held(script)
        #expect(held.map { $0["effects"]?.items.count } == [1, 1, 1])
        let report = try await shop.admin.post("/admin/scripts/\(script.id)/held/release").expect(200).data
        #expect(report["released"] == 3 && report["failed"] == [] && report["waiting"] == 0)
        #expect(try await shop.notes(application) == ["Number 1", "Number 3", "Number 4"])
        #expect(try await shop.remembered("count") == 4)
    }

    @Test func `runs at the same time don't slip past the limit`() async throws {
        let shop = try await RuleShop()
        let source = #"on("application.submitted", function(event) event.application:note("n") event.application:tag("t") end)"#
        let script = try await shop.publish(source)
        try await shop.admin.put("/admin/scripts/\(script.id)/limits", ["effectsPerHour": 8]).expect(200)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<12 { group.addTask { _ = try await shop.job.application() } }
            try await group.waitForAll()
        }
        try await eventually { try await shop.outcomes(of: script).count == 12 }
        #expect(try await shop.events("application.noted").count == 4)
        #expect(try await shop.held(script).count == 8)
        #expect(try await shop.events("script.paused").count == 1)
        #expect(try await shop.admin.post("/admin/scripts/\(script.id)/held/release").expect(200).data["released"] == 8)
        #expect(try await shop.events("application.noted").count == 12)
    }

    @Test func `one call releases some runs and says how many are left for the next`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function(event) event.application:note(event.tag) end)"#)
        try await shop.tenant.execute("UPDATE scripts SET paused_at = now() WHERE tenant_id = \(shop.tenant.id)")
        let application = try await shop.job.application().id
        try await shop.tag(application, ["one"], until: script, has: 1)
        try await shop.multiplyHeld(by: 209)
        let first = try await shop.admin.post("/admin/scripts/\(script.id)/held/release").expect(200).data
        #expect(first["released"] == 200 && first["waiting"] == 10 && first["untried"] == 10)
        let second = try await shop.admin.post("/admin/scripts/\(script.id)/held/release").expect(200).data
        #expect(second["released"] == 10 && second["waiting"] == 0 && second["untried"] == 0)
        #expect(try await shop.events("application.noted").count == 210)
    }

    @Test func `administrators who release and discard at the same time each get their part, and no run is decided twice`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function(event) event.application:note(event.tag) end)"#)
        try await shop.tenant.execute("UPDATE scripts SET paused_at = now() WHERE tenant_id = \(shop.tenant.id)")
        let application = try await shop.job.application().id
        try await shop.tag(application, ["one"], until: script, has: 1)
        try await shop.multiplyHeld(by: 59)
        let answers = try await withThrowingTaskGroup(of: JSON.self) { group in
            for verb in ["release", "release", "discard"] {
                group.addTask { try await shop.admin.post("/admin/scripts/\(script.id)/held/\(verb)").expect(200).data }
            }
            return try await group.reduce(into: [JSON]()) { $0.append($1) }
        }
        let released = answers.reduce(0) { $0 + ($1["released"]?.int ?? 0) }
        let discarded = answers.reduce(0) { $0 + ($1["discarded"]?.int ?? 0) }
        #expect(released + discarded == 60)
        #expect(try await shop.events("application.noted").count == released)
        #expect(try await shop.held(script, "discarded").count == min(discarded, 20))
        #expect(try await shop.script(script)["radius"]?["held"] == 0)
    }

    @Test func `limits are numbers, and another tenant's are not there`() async throws {
        let shop = try await RuleShop()
        let other = try await RuleShop()
        let script = try await shop.publish(Self.noting)
        let library = try await shop.publish("return {}", kind: "library")
        try await shop.admin.put("/admin/scripts/\(script.id)/limits", ["effectsPerHour": 0]).expect(400)
        let refused = try await shop.admin.put("/admin/scripts/\(library.id)/limits", ["effectsPerHour": 5]).expect(409)
        #expect(refused.code == "SCRIPT_IS_LIBRARY")
        try await other.admin.put("/admin/scripts/\(script.id)/limits", ["effectsPerHour": 5]).expect(404)
        try await other.admin.get("/admin/scripts/\(script.id)/held").expect(404)
        try await other.admin.post("/admin/scripts/\(script.id)/held/release").expect(404)
        let cleared = try await shop.admin.put("/admin/scripts/\(script.id)/limits", ["effectsPerHour": .null]).expect(200).data
        #expect(cleared["radius"]?["effectsPerHour"] == 1000)
    }
}

extension RuleShop {
    func tag(_ application: String, _ tags: [String], until script: Script, has runs: Int) async throws {
        for tag in tags { try await recruiter.post("/applications/\(application)/tags", ["tag": .string(tag)]).expect(200) }
        try await eventually { try await outcomes(of: script).count >= runs }
    }

    /// Their order doesn't matter.
    fileprivate func notes(_ application: String) async throws -> [String] {
        try await recruiter.get("/applications/\(application)/notes").expect(200).items.compactMap { $0["text"]?.string }.sorted()
    }

    /// As if there were that many times more held runs.
    fileprivate func multiplyHeld(by count: Int) async throws {
        try await tenant.execute(
            """
            WITH more AS (
                INSERT INTO script_runs
                SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'occasion', gen_random_uuid()))).*
                FROM script_runs r
                CROSS JOIN generate_series(1, \(count))
                WHERE r.tenant_id = \(tenant.id)
                RETURNING tenant_id, id, script_id
            )
            INSERT INTO script_held (tenant_id, run_id, script_id, depth, held_at)
            SELECT tenant_id, id, script_id, 1, now() FROM more
            """
        )
    }

    fileprivate func held(_ script: Script, _ state: String = "waiting") async throws -> [JSON] {
        try await admin.get("/admin/scripts/\(script.id)/held?state=\(state)").expect(200).items
    }
}
