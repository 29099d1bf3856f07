import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// What a run records, and that it can be executed again from that.
@Suite struct RuleReceiptTests {
    /// Handlers that could behave differently the second time, if anything could.
    private static let bodies = [
        "log(random(), random(1000), random(5, 9), time.now(), time.format(time.now()))",
        "local bag = {} for i = 1, 60 do bag['k' .. random(500)] = i end for key, value in pairs(bag) do log(key, value) end",
        "log(1e16, 1e300, -0.0, 0.1 + 0.2, 1 / 3, 2 ^ 53, math.pi, 7 // 2, 7.0 // 2, math.mininteger)",
        "event.application:note('n') notify { role = 'recruiter', text = tostring(random()), subject = { kind = 'application', id = event.application.id } }",
        "store.set('a', { z = 1e16, b = { 1, 2.0, 'x' }, [\"ä\"] = -0.0 }) log(store.get('a').z, store.get('b'))",
        "local found = application(event.application.id) for key, value in pairs(found) do log(key, tostring(value)) end",
        "log(pcall(application, '0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11')) log(pcall(job, 'no id'))",
        "for key, value in pairs(store.list()) do log(key, value) end event.application:tag('seen')",
        "log(tostring({}), tostring(log), event.name, event.occurredAt, event.actor.kind)",
        "local x = event.nothing.more",
        "while true do end",
        "local t = {} for i = 1, 1e7 do t[i] = ('x'):rep(1000) .. i end",
        "for i = 1, 1e5 do log(('y'):rep(500)) end",
        "error({ code = 7 })",
        "event.application:move('nowhere')",
        "log('grüße', 'a\\0b', '\\xff', ('ß'):upper(), #'日本')",
    ]

    @Test func `every run is executed again with the same decision and effects`() async throws {
        let shop = try await RuleShop()
        let application = try await shop.job.application().id
        var scripts: [RuleShop.Script] = []
        for body in Self.bodies { scripts.append(try await shop.publish("on('application.tagged', function(event) \(body) end)")) }
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "go"]).expect(200)
        for (script, body) in zip(scripts, Self.bodies) {
            try await eventually { try await !shop.outcomes(of: script).isEmpty }
            let receipt = try await shop.receipt(of: script)
            #expect(receipt["canRerun"] == true, "\(body): \(receipt.text)")
            #expect(receipt["input"]?["tag"]?.string != nil)
            #expect(receipt["label"]?.string?.hasPrefix("Ada Tester") ?? false)
            try await shop.expectSame(receipt, body)
        }
    }

    @Test func `a run that read very much is executed again too`() async throws {
        let shop = try await RuleShop()
        try await shop.admin.put("/admin/store", ["key": "long", "value": .string(String(repeating: "word ", count: 3000))]).expect(200)
        let script = try await shop.publish("on('application.tagged', function() for i = 1, 90 do log(#store.get('long')) end end)")
        let application = try await shop.job.application().id
        try await shop.tag(application, ["go"], until: script, has: 1)
        let receipt = try await shop.receipt(of: script)
        #expect(receipt["outcome"] == "completed" && receipt["canRerun"] == true)
        try await shop.expectSame(receipt, "long")
    }

    @Test func `a before rule is executed again with its input, whether it amended, refused or failed`() async throws {
        let shop = try await RuleShop()
        let source = """
            before("application.status_changing", function(event)
              if event.to == "offer" then reject("Not by " .. event.actor.kind .. " " .. random(9), "NO") end
              if event.to == "interview" then error("no") end
              event.reason = "on " .. time.format(time.now()) .. event.application.id
              event.to = "screening"
            end)
            """
        let script = try await shop.publish(source)
        let application = try await shop.job.application().id
        for (stage, status) in [("offer", 422), ("interview", 422), ("screening", 200)] {
            try await shop.recruiter.patch("/applications/\(application)/status", ["status": .string(stage)]).expect(status)
        }
        try await eventually { try await shop.outcomes(of: script).count == 3 }
        let labels = try await shop.admin.get("/admin/scripts/\(script.id)/runs").expect(200).items.map { $0["label"]?.string ?? "" }
        #expect(labels.allSatisfy { $0.hasPrefix("Ada Tester") }, "\(labels)")
        for run in try await shop.admin.get("/admin/scripts/\(script.id)/runs").expect(200).items {
            let receipt = try await shop.admin.get("/admin/runs/\(run["id"]?.string ?? "")").expect(200).data
            #expect(receipt["scriptName"]?.string == script.name && receipt["input"]?["application"]?["id"]?.string == application)
            if receipt["outcome"] == "completed" { #expect(receipt["amendments"]?["to"] == "screening") }
            try await shop.expectSame(receipt, source)
        }
    }

    @Test func `a timed rule is executed again`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish("every('15m', function() store.set('n', random()) log(time.now()) end)")
        try await shop.tenant.execute("UPDATE schedules SET next_run_at = now() - interval '1 second' WHERE tenant_id = \(shop.tenant.id)")
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        try await shop.expectSame(try await shop.receipt(of: script), "every")
    }

    @Test func `a run keeps the vocabulary that it had`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish("on('application.tagged', function() log(type(notify)) end)")
        let application = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "go"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        let receipt = try await shop.receipt(of: script)
        try await shop.tenant.execute(
            """
            INSERT INTO rule_vocabularies (digest, words, first_seen_at)
            VALUES ('\\x01', '{"entities": {}, "functions": {}, "reads": {}}', now())
            ON CONFLICT DO NOTHING
            """
        )
        try await shop.tenant.execute("UPDATE script_runs SET vocabulary = '\\x01' WHERE tenant_id = \(shop.tenant.id)")
        let again = try await shop.admin.post("/admin/runs/\(receipt["id"]?.string ?? "")/rerun").expect(200).data
        #expect(again["log"] == ["nil"] && again["isSame"] == false)
        #expect(again["differences"]?[0]?.string?.hasPrefix("The log is") ?? false)
    }

    @Test func `a run that can't be executed again says why`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish("on('application.tagged', function(event) application(event.application.id) end)")
        let application = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "go"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        try await shop.tenant.execute("UPDATE script_runs SET answers = NULL WHERE tenant_id = \(shop.tenant.id)")
        let receipt = try await shop.receipt(of: script)
        #expect(receipt["canRerun"] == false && receipt["answers"]?.isNull ?? true)
        #expect(receipt["obstacle"]?.string?.hasPrefix("The answers that the run got are not kept") ?? false)
        let refused = try await shop.admin.post("/admin/runs/\(receipt["id"]?.string ?? "")/rerun").expect(409)
        #expect(refused.code == "SCRIPT_RUN_NOT_REPEATABLE" && refused.message == receipt["obstacle"]?.string)
    }
}

extension RuleShop {
    /// For the newest run.
    func receipt(of script: Script) async throws -> JSON {
        let run = try #require(try await admin.get("/admin/scripts/\(script.id)/runs?limit=1").expect(200).items.first)
        return try await admin.get("/admin/runs/\(run["id"]?.string ?? "")").expect(200).data
    }

    fileprivate func expectSame(_ receipt: JSON, _ source: String) async throws {
        let again = try await admin.post("/admin/runs/\(receipt["id"]?.string ?? "")/rerun").expect(200).data
        #expect(again["isSame"] == true, "\(source): \(again["differences"]?.text ?? "") \(receipt.text)")
        #expect(again["instructions"] == receipt["instructions"], "\(source)")
    }
}
