import Foundation
import Kernel
import Postgres
import Testing

@testable import Rules
@testable import tenure

/// A version next to the live one: it sees what happens, does nothing, and its differences are listed.
@Suite struct RuleShadowTests {
    @Test func `a shadow does nothing, is compared, and goes live as the version that it is`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function(event) event.application:note(event.tag) end)"#)
        let application = try await shop.job.application().id
        let draft = #"on("application.tagged", function(event) if event.tag ~= "x" then event.application:note(event.tag) end end)"#
        try await shop.admin.put("/admin/scripts/\(script.id)/draft", ["source": .string(draft)]).expect(200)
        #expect(try await shop.admin.put("/admin/scripts/\(script.id)/shadow", [:]).expect(409).code == "SCRIPT_UNTRIED")
        let shadowed = try await shop.shadow(draft, script)
        #expect(shadowed["shadow"]?["version"] == 2 && shadowed["liveVersion"] == 1 && shadowed["shadow"]?["runs"] == 0)
        let listed = try await shop.listed(script)
        #expect(listed["shadowVersion"] == 2 && listed["shadowSince"] == shadowed["shadow"]?["since"])

        try await shop.tag(application, ["a"], until: script, has: 2)
        try await shop.tag(application, ["x"], until: script, has: 4)
        let runs = try await shop.runs(script, "mode=shadow")
        #expect(runs.map { $0["diverges"] } == [true, false])
        #expect(runs[0]["effects"] == [] && runs[0]["compared"]?["effects"]?[0]?["arguments"]?["text"] == "x")
        #expect(runs[0]["compared"]?["outcome"] == "completed" && runs[0]["version"] == 2)
        #expect(try await shop.runs(script, "diverges=true").count == 1)
        #expect(try await shop.runs(script, "mode=live").allSatisfy { $0["diverges"] == nil && $0["version"] == 1 })
        #expect(try await shop.events("application.noted").count == 2)
        let seen = try await shop.script(script)["shadow"]
        #expect(seen?["runs"] == 2 && seen?["divergences"] == 1)

        let live = try await shop.admin.post("/admin/scripts/\(script.id)/publish").expect(200).data
        #expect(live["liveVersion"] == 2 && live["versions"]?.items.count == 2 && live["shadow"]?["version"] == nil)
        #expect(try await shop.listed(script)["shadowSince"]?.string == nil)
        try await shop.tag(application, ["b"], until: script, has: 5)
        #expect(try await shop.events("application.noted").count == 3)
    }

    @Test func `a shadow has the random seed, the time and the answers of the live run`() async throws {
        let shop = try await RuleShop()
        let body = #"store.set("n", (store.get("n") or 0) + random(1000)) event.application:note(tostring(time.now())) end)"#
        let script = try await shop.publish(#"on("application.tagged", function(event) "# + body)
        _ = try await shop.shadow(#"on("application.tagged", function(event) local same = 1 "# + body, script)
        let application = try await shop.job.application().id
        try await shop.tag(application, ["a"], until: script, has: 2)
        try await shop.tag(application, ["b"], until: script, has: 4)
        #expect(try await shop.runs(script, "mode=shadow").map { $0["diverges"] } == [false, false])
    }

    @Test func `the shadow of a before rule is asked after the change, which it can't refuse`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"before("application.status_changing", function(event) event.reason = "live" end)"#)
        _ = try await shop.shadow(
            #"before("application.status_changing", function(event) if event.to == "interview" then reject("No.") end event.reason = "live" end)"#,
            script
        )
        let application = try await shop.job.application().id
        try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        try await shop.recruiter.patch("/applications/\(application)/status", ["status": "interview"]).expect(200)
        try await eventually { try await shop.runs(script, "mode=shadow").count == 2 }
        let runs = try await shop.runs(script, "mode=shadow")
        #expect(runs.map { $0["diverges"] } == [true, false])
        #expect(runs[0]["outcome"] == "rejected" && runs[0]["compared"]?["amendments"]?["reason"] == "live")
        #expect(runs[1]["amendments"]?["reason"] == "live")
        let again = try await shop.admin.post("/admin/runs/\(runs[0]["id"]?.string ?? "")/rerun").expect(200).data
        #expect(again["isSame"] == true)
    }

    @Test func `a rule that was never live runs in shadow alone, by event and by time`() async throws {
        let shop = try await RuleShop()
        let source = """
            on("application.tagged", function(event) event.application:note("n") end)
            every("15m", function() store.set("ticks", 1) end)
            before("application.status_changing", function() reject("never") end)
            """
        let made = try await shop.admin.post("/admin/scripts", ["name": "new", "kind": "rule", "source": .string(source)]).expect(201)
        let script = RuleShop.Script(id: made.id, name: "new")
        #expect(try await shop.shadow(source, script)["status"] == "draft")
        let application = try await shop.job.application().id
        try await shop.tag(application, ["a"], until: script, has: 1)
        try await shop.tenant.execute("UPDATE schedules SET next_run_at = now() - interval '1 second' WHERE tenant_id = \(shop.tenant.id)")
        try await eventually { try await shop.runs(script, "mode=shadow").count == 2 }
        try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        try await eventually { try await shop.runs(script, "mode=shadow").count == 3 }
        #expect(try await shop.runs(script, "mode=shadow").allSatisfy { $0["diverges"] == true && $0["compared"] == nil })
        #expect(try await shop.events("application.noted").isEmpty)
        #expect(try await shop.tenant.count("SELECT count(*) FROM script_store WHERE tenant_id = \(shop.tenant.id)") == 0)

        let ended = try await shop.admin.delete("/admin/scripts/\(script.id)/shadow").expect(200).data
        #expect(ended["shadow"]?["version"] == nil && ended["versions"]?.items.count == 1)
        #expect(try await shop.admin.delete("/admin/scripts/\(script.id)/shadow").expect(409).code == "SCRIPT_NOT_IN_SHADOW")
        #expect(try await shop.tenant.count("SELECT count(*) FROM schedules WHERE tenant_id = \(shop.tenant.id)") == 0)
        #expect(try await shop.tenant.count("SELECT count(*) FROM event_subscriptions WHERE tenant_id = \(shop.tenant.id)") == 0)
    }

    @Test func `a shadow that keeps failing ends, and the live version goes on`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function(event) end)"#)
        _ = try await shop.shadow(#"on("application.tagged", function(event) error("broken") end)"#, script)
        let application = try await shop.job.application().id
        for number in 0..<20 {
            try await shop.recruiter.post("/applications/\(application)/tags", ["tag": .string("t\(number)")]).expect(200)
        }
        try await eventually { try await shop.script(script)["shadow"]?["version"] == nil }
        #expect(try await shop.script(script)["status"] == "live")
        #expect(try await shop.events("script.shadow_ended").count == 1)
        let mail = try await shop.tenant.server.letterbox.awaited(to: shop.admin.email, containing: "no longer runs in shadow")
        #expect(mail.contains("broken"))
    }

    @Test func `disabling a rule ends its shadow; a disabled rule may run in shadow until it is restored`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function(event) end)"#)
        let draft = #"on("application.tagged", function(event) event.application:note("n") end)"#
        _ = try await shop.shadow(draft, script)
        let disabled = try await shop.admin.post("/admin/scripts/\(script.id)/disable", ["reason": "For now"]).expect(200).data
        #expect(disabled["status"] == "disabled" && disabled["shadow"]?["version"] == nil)
        #expect(disabled["halt"]?["kind"] == "disabled" && disabled["halt"]?["reason"] == "For now")
        #expect(try await shop.events("script.shadow_ended").first?["payload"]?["reason"] == "The script was disabled.")
        #expect(try await shop.tenant.count("SELECT count(*) FROM event_subscriptions WHERE tenant_id = \(shop.tenant.id)") == 0)
        #expect(try await shop.shadow(draft, script)["shadow"]?["version"] == 3)
        let application = try await shop.job.application().id
        try await shop.tag(application, ["a"], until: script, has: 1)
        #expect(try await shop.runs(script, "mode=live").isEmpty)
        let back = try await shop.admin.post("/admin/scripts/\(script.id)/rollback", ["version": 3]).expect(200).data
        #expect(back["liveVersion"] == 3 && back["shadow"]?["version"] == nil && back["halt"]?["kind"] == nil)
        let library = try await shop.publish("return {}", kind: "library")
        #expect(try await shop.admin.put("/admin/scripts/\(library.id)/shadow", [:]).expect(409).code == "SCRIPT_IS_LIBRARY")
    }

    @Test func `the changes that the shadow of a before rule was not asked about are counted`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"before("application.status_changing", function() end)"#)
        let draft = #"before("application.status_changing", function() log("seen") end)"#
        #expect(try await shop.shadow(draft, script)["shadow"]?["missed"] == 0)
        let application = try await shop.job.application().id
        let stages = ["screening", "applied"]
        // A minute may end between the two.
        for turn in 0..<10 where try await shop.script(script)["shadow"]?["missed"] == 0 {
            shop.tenant.server.composition.rules.gate.shadowFuel.spend(FuelBucket.share, for: shop.tenant.id)
            try await shop.recruiter.patch("/applications/\(application)/status", ["status": .string(stages[turn % 2])]).expect(200)
            try await eventually {
                let shadow = try await shop.script(script)["shadow"]
                return (shadow?["missed"]?.int ?? 0) + (shadow?["runs"]?.int ?? 0) == turn + 1
            }
        }
        #expect(try await shop.script(script)["shadow"]?["missed"] == 1)
        // Another version starts over.
        #expect(try await shop.shadow(draft + "\n", script)["shadow"]?["missed"] == 0)
    }

    @Test func `no more occasions wait for their shadows than can be looked at`() {
        let tenant = Identifier<Tenant>()
        let occasions = ShadowOccasions()
        let rule = LiveRule(
            SourceDraft(name: "guard", kind: .rule, source: "", grants: nil),
            modules: [:],
            of: tenant,
            vocabulary: RunnerVocabulary()
        )
        for _ in 0..<203 {
            let occasion = Occasion(hook: .before, name: "application.status_changing", key: "")
            let waiting = ShadowOccasion(tenant: tenant, rule: rule, occasion: occasion, cause: nil, depth: 0, now: Date(), live: nil)
            occasions.add(waiting)
        }
        #expect(occasions.takeAll().count == 200 && occasions.takeMissed().values.reduce(0, +) == 3)
        #expect(occasions.takeAll().isEmpty && occasions.takeMissed().isEmpty)
    }
}

extension RuleShop {
    /// Saves a draft, tries it out and puts it in shadow.
    fileprivate func shadow(_ source: String, _ script: Script) async throws -> JSON {
        try await admin.put("/admin/scripts/\(script.id)/draft", ["source": .string(source)]).expect(200)
        try await tryOut(source)
        return try await admin.put("/admin/scripts/\(script.id)/shadow", [:]).expect(200).data
    }

    fileprivate func runs(_ script: Script, _ query: String) async throws -> [JSON] {
        try await admin.get("/admin/scripts/\(script.id)/runs?limit=100&\(query)").expect(200).items
    }
}
