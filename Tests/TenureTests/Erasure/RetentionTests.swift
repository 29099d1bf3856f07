import Foundation
import Jobs
import Kernel
import Postgres
import Testing

@testable import Applications
@testable import Worker
@testable import tenure

@Suite struct RetentionTests {
    @Test func `a rule is tried, flags what is idle a week ahead, tells the people, and then erases`() async throws {
        let scene = try await Scene()
        let rule = try await scene.rule().expect(201)
        #expect(try await scene.rule().code == "RETENTION_RULE_EXISTS")
        #expect(try await scene.admin.post("/admin/retention-rules/\(rule.id)/activate").code == "RETENTION_UNTRIED")
        let trial = try await scene.admin.post("/admin/retention-rules/\(rule.id)/dry-run").expect(200)
        #expect(trial.data["applications"] == 1)
        #expect(trial.data["examples"]?[0]?["applicationId"]?.string == scene.old.id)
        #expect(try await scene.admin.get("/admin/retention-flags").items.isEmpty)
        try await scene.admin.post("/admin/retention-rules/\(rule.id)/activate").expect(200)
        let flag = try await scene.flagged()
        #expect(flag["applicationId"]?.string == scene.old.id)
        let due = try #require(flag["dueAt"]?.string.flatMap(Timestamp.date))
        #expect(abs(due.timeIntervalSinceNow - 7 * 86_400) < 60)
        let told = try await scene.old.candidate.get("/notifications").expect(200)
        #expect(told.items.contains { $0["text"]?.string?.contains("will be erased on") == true })
        try await eventually { try await scene.told().map { $0.prefix(19) } == ["1 idle application "] }
        #expect(try await scene.name(of: scene.old.id) != "[erased]")
        try await scene.comesDue()
        try await eventually { try await scene.name(of: scene.old.id) == "[erased]" }
        try await eventually { try await scene.admin.get("/admin/erasures/1").data["status"] == "completed" }
        let receipt = try await scene.admin.get("/admin/erasures/1").expect(200)
        #expect(receipt.data["origin"] == "retention" && receipt.data["userId"] == nil)
        #expect(receipt.data["places"]?.items.contains { $0["place"] == "applications" && $0["count"] == 1 } == true)
        #expect(try await scene.name(of: scene.recent.id) != "[erased]")
        // The candidate keeps the account.
        try await scene.old.candidate.get("/users/me").expect(200)
        let chain = try await Sequencer(door: scene.tenant.server.composition.door).verify(scene.tenant.id)
        #expect(chain.firstBroken == nil && chain.erased > 0)
        #expect(try await scene.admin.get("/admin/retention-flags").items.isEmpty)
    }

    @Test func `what is touched within the week is kept, and so is what a deleted rule had flagged`() async throws {
        let scene = try await Scene()
        let rule = try await scene.activeRule()
        _ = try await scene.flagged()
        try await scene.company.admin.post("/applications/\(scene.old.id)/tags", ["tag": "again"]).expect(200)
        try await scene.comesDue()
        try await eventually { try await scene.admin.get("/admin/retention-flags").items.isEmpty }
        #expect(try await scene.admin.get("/admin/erasures").items.isEmpty)
        try await scene.age(scene.old.id)
        try await scene.retainNow()
        _ = try await scene.flagged()
        try await scene.admin.delete("/admin/retention-rules/\(rule)").expect(204)
        #expect(try await scene.admin.get("/admin/retention-flags").items.isEmpty)
        #expect(try await scene.tenant.count("SELECT count(*) FROM schedules WHERE tenant_id = \(scene.tenant.id)") == 0)
        #expect(try await scene.name(of: scene.old.id) != "[erased]")
    }

    @Test func `administrators are told once of all that a run flags, however many there are`() async throws {
        let scene = try await Scene()
        try await scene.multiply(250)
        _ = try await scene.activeRule()
        try await eventually { try await !scene.told().isEmpty }
        #expect(try await scene.told().map { $0.prefix(21) } == ["251 idle applications"])
        #expect(try await scene.tenant.count("SELECT count(*) FROM retention_flags WHERE tenant_id = \(scene.tenant.id)") == 251)
        // A run that finds nothing new says nothing.
        try await scene.retainNow()
        try await eventually { try await scene.isQuiet() }
        #expect(try await scene.told().count == 1)
    }

    @Test func `nothing happens to an application without a later time of change`() async throws {
        _ = try await ErasureScene()
        let earlier: SQL = "SELECT count(*) FROM applications WHERE updated_at < GREATEST(applied_at, moved_at)"
        #expect(try await TestServer.running.inspector.query(earlier)[0](0) as Int == 0)
        let changes = SourceText.files.filter { $0.target == "Applications" }.flatMap {
            $0.text.matches(of: /UPDATE applications[^"]*?WHERE/)
        }
        #expect(changes.count > 3)
        for change in changes { #expect(change.output.contains("updated_at = "), "\(change.output)") }
    }

    @Test func `a company's own rule takes precedence over the tenant's`() async throws {
        let scene = try await Scene()
        let own: JSON = ["companyId": .string(scene.company.id), "category": "rejected", "months": 240]
        let rule = try await scene.admin.post("/admin/retention-rules", own).expect(201)
        try await scene.admin.post("/admin/retention-rules/\(rule.id)/dry-run").expect(200)
        try await scene.admin.post("/admin/retention-rules/\(rule.id)/activate").expect(200)
        let general = try await scene.rule().expect(201)
        let trial = try await scene.admin.post("/admin/retention-rules/\(general.id)/dry-run").expect(200)
        #expect(trial.data["applications"] == 0)
        let unknown: JSON = ["companyId": .string(UUID().uuidString), "category": "hired", "months": 1]
        #expect(try await scene.admin.post("/admin/retention-rules", unknown).details["companyId"] != nil)
        #expect(try await scene.admin.post("/admin/retention-rules", ["category": "hired", "months": 0]).status == 400)
    }

    private struct Scene: Sendable {
        let company: TestCompany
        let admin: Person
        let old: (id: String, candidate: Person)
        let recent: (id: String, candidate: Person)
        var tenant: TestTenant { company.tenant }

        init() async throws {
            company = try await TestTenant().company()
            admin = try await company.tenant.admin()
            let job = try await company.job()
            old = try await job.application(at: "rejected")
            recent = try await job.application(at: "rejected")
            try await age(old.id)
        }

        func age(_ application: String) async throws {
            let past: SQL = "now() - interval '30 months'"
            try await tenant.execute(
                """
                UPDATE applications
                SET applied_at = \(past), moved_at = \(past), updated_at = \(past)
                WHERE tenant_id = \(tenant.id) AND id = \(application)::uuid
                """
            )
        }

        func rule() async throws -> Answer {
            try await admin.post("/admin/retention-rules", ["category": "rejected", "months": 24])
        }

        func activeRule() async throws -> String {
            let id = try await rule().expect(201).id
            try await admin.post("/admin/retention-rules/\(id)/dry-run").expect(200)
            try await admin.post("/admin/retention-rules/\(id)/activate").expect(200)
            return id
        }

        func flagged() async throws -> JSON {
            try await eventually { try await admin.get("/admin/retention-flags").items.count == 1 }
            return try #require(try await admin.get("/admin/retention-flags").items.first)
        }

        /// The daily run, a week later.
        func comesDue() async throws {
            try await tenant.execute("UPDATE retention_flags SET due_at = now() WHERE tenant_id = \(tenant.id)")
            try await retainNow()
        }

        func retainNow() async throws {
            try await tenant.execute("UPDATE schedules SET next_run_at = now() WHERE tenant_id = \(tenant.id) AND name = 'retention'")
        }

        /// So many more idle applications, each of somebody else.
        func multiply(_ count: Int) async throws {
            try await tenant.execute(
                """
                WITH more AS (
                    INSERT INTO users (tenant_id, id, email, roles, created_at, updated_at)
                    SELECT \(tenant.id), gen_random_uuid(), n || '@idle.example', '{candidate}', now(), now()
                    FROM generate_series(1, \(count)) n
                    RETURNING id
                )
                INSERT INTO applications (
                    tenant_id, id, job_id, company_id, candidate_id, stage_id, applicant, answers, applied_at, moved_at, updated_at
                )
                SELECT
                    a.tenant_id, gen_random_uuid(), a.job_id, a.company_id, m.id, a.stage_id, a.applicant, a.answers, a.applied_at, a.moved_at,
                    a.updated_at
                FROM applications a, more m
                WHERE a.tenant_id = \(tenant.id) AND a.id = \(old.id)::uuid
                """
            )
        }

        /// What administrators read of it.
        func told() async throws -> [String] {
            try await admin.get("/notifications").expect(200).items.compactMap { $0["text"]?.string }.filter {
                $0.contains("idle application")
            }
        }

        func isQuiet() async throws -> Bool {
            let due: SQL = """
                SELECT (SELECT count(*) FROM schedules WHERE tenant_id = \(tenant.id) AND next_run_at <= now())
                    + (SELECT count(*) FROM work WHERE tenant_id = \(tenant.id) AND name = 'erasure.retain')
                """
            return try await tenant.count(due) == 0
        }

        func name(of application: String) async throws -> String? {
            try await admin.get("/applications/\(application)").expect(200).data["applicant"]?["name"]?.string
        }
    }
}
