import Foundation
import Kernel
import Postgres
import Testing

@testable import Rules
@testable import tenure

/// Versions that keep failing are switched off, and people are told.
@Suite struct RuleCircuitTests {
    @Test(arguments: [
        (Circuit(runs: 19, faults: 19, latestFaults: 19), nil),
        (Circuit(runs: 20, faults: 20, latestFaults: 20), "Version 3 failed 20 times in a row."),
        (Circuit(runs: 99, faults: 60, latestFaults: 19), nil),
        (Circuit(runs: 100, faults: 20, latestFaults: 0), nil),
        (Circuit(runs: 100, faults: 21, latestFaults: 1), "Version 3 failed in 21 of its last 100 runs."),
    ])
    func `a version goes on until it fails too often`(circuit: Circuit, reason: String?) {
        #expect(circuit.reason(against: 3) == reason)
    }

    @Test func `a before rule that fails many times at once is switched off once, and the administrators are told why`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish("-- guard\nbefore('application.status_changing', function()\n  error('out of order')\nend)")
        let application = try await shop.job.application().id
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask { _ = try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]) }
            }
            try await group.waitForAll()
        }
        try await eventually { try await shop.script(script)["status"] == "disabled" }
        let halt = try await shop.listed(script)["halt"]
        #expect(halt?["kind"] == "switchedOff" && halt?["reason"] == "Version 1 failed 20 times in a row." && halt?["since"]?.string != nil)
        let mail = try await shop.tenant.server.letterbox.awaited(to: shop.admin.email, containing: "was switched off")
        let words = [
            "Version 1 failed 20 times in a row.", "\(script.name):3: ", "out of order", "/admin#/rules/\(script.id)", "<!doctype html>",
        ]
        for expected in words { #expect(mail.contains(expected), "\(mail)") }
        let events = try await shop.events("script.disabled")
        #expect(events.count == 1 && events.first?["payload"]?["reason"] == "Version 1 failed 20 times in a row.")
        let told = try await shop.admin.get("/notifications").expect(200).items
        #expect(told.count { $0["text"]?.string?.contains("was switched off") ?? false } == 1)
    }

    @Test func `a version that failed in more than a fifth of its last hundred runs is switched off`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish("on('application.tagged', function(event) if event.tag == 'bad' then error('no') end end)")
        let application = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "good"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        try await shop.tenant.execute(
            """
            INSERT INTO script_runs
            SELECT (made.run).*
            FROM (
                SELECT jsonb_populate_record(
                    r,
                    jsonb_build_object(
                        'id', gen_random_uuid(), 'occasion', gen_random_uuid(), 'outcome', CASE WHEN n <= 20 THEN 'failed' ELSE 'completed' END
                    )
                ) AS run
                FROM script_runs r
                CROSS JOIN generate_series(1, 98) n
                WHERE r.tenant_id = \(shop.tenant.id)
            ) AS made
            """
        )
        #expect(try await shop.script(script)["status"] == "live")
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "bad"]).expect(200)
        try await eventually { try await shop.script(script)["status"] == "disabled" }
        #expect(try await shop.events("script.disabled").first?["payload"]?["reason"] == "Version 1 failed in 21 of its last 100 runs.")
        // Once restored, it starts over.
        try await shop.admin.post("/admin/scripts/\(script.id)/rollback", ["version": 1]).expect(200)
        let another = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(another)/tags", ["tag": "bad"]).expect(200)
        let failed: SQL = "SELECT count(*) FROM script_runs WHERE tenant_id = \(shop.tenant.id) AND outcome = 'failed'"
        try await eventually { try await shop.tenant.count(failed) == 22 }
        #expect(try await shop.script(script)["status"] == "live")
    }
}

extension RuleShop {
    func script(_ script: Script) async throws -> JSON {
        try await admin.get("/admin/scripts/\(script.id)").expect(200).data
    }

    /// As in the list of scripts.
    func listed(_ script: Script) async throws -> JSON {
        try #require(
            try await admin.get("/admin/scripts?search=\(script.name.prefix(20).uppercased())").expect(200).items.first {
                $0["id"]?.string == script.id
            }
        )
    }

    /// From the tenant's log, by name.
    func events(_ name: String) async throws -> [JSON] {
        try await tenant.server.inspector.query(
            """
            SELECT jsonb_build_object('payload', payload, 'actor', actor_kind, 'cause', cause_id) AS event
            FROM events
            WHERE tenant_id = \(tenant.id) AND name = \(name)
            ORDER BY id
            """
        ).map { try JSON(parsing: $0.raw("event") ?? []) }
    }
}
