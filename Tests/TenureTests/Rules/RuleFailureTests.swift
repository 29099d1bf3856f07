import Foundation
import Kernel
import Postgres
import Testing

/// What rules leave half-done when their server is killed, and how it must end.
@Suite(.serialized) struct RuleFailureTests {
    @Test func `effects that were being released when the server was killed happen once each`() async throws {
        try await Machine.run { machine in
            let (admin, application, recruiter) = try await machine.shop()
            let script = try await admin.publish(
                """
                on("application.tagged", function(event)
                  event.application:note(event.tag)
                  if event.tag == "t3" then notify { role = "tenantAdmin", text = event.tag } end
                end)
                """
            )
            _ = try await machine.inspector.query("UPDATE scripts SET paused_at = now()")
            let held: SQL = "SELECT count(*) AS count FROM script_held WHERE state = 'waiting'"
            // One after another, because they are released in the order in which they were held.
            for number in 0..<6 {
                try await recruiter.tag(application, "t\(number)")
                try await eventually { try await machine.count(held) == number + 1 }
            }

            try await machine.closeGate(beforeEach: "INSERT", on: "notifications")
            let releasing = Task { try await admin.attempt("/api/v1/admin/scripts/\(script)/held/release", headers: [:]) }
            try await machine.waiting(atGate: 1)
            #expect(try await machine.count(held) == 3)
            try await machine.killServer()
            #expect(try await releasing.value == nil)
            try await machine.openGate()
            try await machine.startServer()

            let report = try await admin.post("/api/v1/admin/scripts/\(script)/held/release").expect(200).data
            #expect(report["released"] == 3 && report["waiting"] == 0 && report["failed"] == [])
            let notes = try await recruiter.get("/api/v1/applications/\(application)/notes").expect(200).items
            #expect(notes.compactMap { $0["text"]?.string }.sorted() == (0..<6).map { "t\($0)" })
            for event in ["application.noted", "script.effects_released"] {
                #expect(try await machine.count("SELECT count(*) AS count FROM events WHERE name = \(event)") == 6, "\(event)")
            }
            #expect(try await machine.count("SELECT count(*) AS count FROM notifications WHERE text = 't3'") == 1)
        }
    }

    @Test
    func `an interrupted replay, alarm mail and console plan are finished, and nothing happens twice`()
        async throws
    {
        try await Machine.run { machine in
            let (admin, application, recruiter) = try await machine.shop()
            let source = #"notify { role = "tenantAdmin", text = "from the console" }"#
            let rows = try await machine.inspector.query("SELECT id::text FROM tenants WHERE code = 'default'")
            let tenants: [String] = try rows.map { try $0("id") }
            let body: JSON = ["source": .string(source), "tenants": .array(tenants.map(JSON.string))]
            let plan = try await admin.post("/api/v1/admin/console/runs", body).expect(202).id
            try await eventually { try await admin.get("/api/v1/admin/console/runs/\(plan)").data["status"] == "planned" }
            let bad = try await admin.publish(#"on("application.tagged", function() error("out of order") end)"#)
            let draft = try await admin.draft(#"on("application.tagged", function(event) event.application:note(event.tag) end)"#)

            try await machine.closeGate(beforeEach: "INSERT", on: "mails")
            try await machine.closeGate(beforeEach: "INSERT", on: "script_replay_differences")
            try await machine.closeGate(beforeEach: "UPDATE", on: "console_run_tenants")
            for number in 0..<25 { try await recruiter.tag(application, "t\(number)") }
            let replay = try await admin.post("/api/v1/admin/scripts/\(draft)/replay").expect(202).id
            try await admin.post("/api/v1/admin/console/runs/\(plan)/apply").expect(202)
            try await machine.waiting(atGate: 3)
            try await machine.killServer()
            try await machine.openGate()
            try await machine.startServer()

            try await eventually { try await machine.count("SELECT count(*) AS count FROM work") == 0 }
            let replayed = try await admin.get("/api/v1/admin/replays/\(replay)").expect(200).data
            #expect(replayed["status"] == "completed" && replayed["processed"] == 25 && replayed["summary"]?["noted"] == 25)
            #expect(try await machine.count("SELECT count(*) AS count FROM script_replay_differences") == 25)
            #expect(try await admin.get("/api/v1/admin/scripts/\(bad)").data["status"] == "disabled")
            #expect(try await machine.count("SELECT count(*) AS count FROM events WHERE name = 'script.disabled'") == 1)
            #expect(
                try await machine.count(
                    """
                    SELECT count(*) AS count
                    FROM mails
                    WHERE sent_at IS NOT NULL AND subject NOT LIKE 'Confirm%' AND subject NOT LIKE 'Your application%'
                    """
                ) == 1
            )
            #expect(try machine.letters() == 1)
            let applied = try await admin.get("/api/v1/admin/console/runs/\(plan)").expect(200).data
            #expect(applied["status"] == "applied" && applied["tenants"]?.items.contains { $0["status"] == "applied" } ?? false)
            #expect(try await machine.count("SELECT count(*) AS count FROM notifications WHERE text = 'from the console'") == 1)
        }
    }
}

extension Machine {
    /// An administrator of the tenant and of the system, and an application with its recruiter.
    fileprivate func shop() async throws -> (admin: Guest, application: String, recruiter: Guest) {
        let job = try await job()
        let admin = try await register("employer")
        _ = try await inspector.query("UPDATE users SET roles = roles || '{tenantAdmin,systemAdmin}' WHERE id = \(admin.id)::uuid")
        let application = try await register("candidate").post("/api/v1/jobs/\(job.id)/apply").expect(201).id
        return (admin, application, job.recruiter)
    }
}

extension Guest {
    fileprivate func draft(_ source: String) async throws -> String {
        let name = UUID().uuidString
        let body: JSON = ["name": .string(name), "kind": "rule", "source": .string(source)]
        return try await post("/api/v1/admin/scripts", body).expect(201).id
    }

    fileprivate func publish(_ source: String) async throws -> String {
        let script = try await draft(source)
        try await post("/api/v1/admin/scripts/dry-run", ["source": .string(source), "event": "application.tagged"]).expect(200)
        try await post("/api/v1/admin/scripts/\(script)/publish").expect(200)
        return script
    }

    fileprivate func tag(_ application: String, _ tag: String) async throws {
        try await post("/api/v1/applications/\(application)/tags", ["tag": .string(tag)]).expect(200)
    }
}
