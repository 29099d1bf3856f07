import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// A system admin's scripts across tenants: planned, confirmed, applied, recorded.
@Suite struct ScriptConsoleTests {
    @Test func `a plan over two tenants says what it would do and does nothing`() async throws {
        let (first, second) = (try await RuleShop(), try await RuleShop())
        let application = try await first.job.application().id
        let run = try await Console().run(Self.fastTrack, in: [first.tenant, second.tenant])
        #expect(run["status"] == "planned")
        let tenants = try #require(run["tenants"]?.items)
        let mine = try #require(tenants.first { $0["id"]?.string == first.tenant.id.description })
        #expect(mine["status"] == "planned")
        #expect(mine["effects"]?[0]?["operation"] == "application:move")
        #expect(mine["effects"]?[0]?["id"]?.string == application)
        #expect(mine["effects"]?[0]?["label"]?.string?.contains("Backend engineer") == true)
        #expect(mine["effects"]?[0]?["arguments"] == ["status": "screening", "reason": "From the console"])
        #expect(tenants.first { $0["id"]?.string == second.tenant.id.description }?["effects"] == [])
        #expect(run["output"]?.items.contains(.string("\(first.tenant.code) 1")) == true)
        #expect(run["output"]?.items.contains(.string("\(second.tenant.code) 0")) == true)
        #expect(run["tables"]?[0]?["columns"] == ["tenant", "new"])
        #expect(try await first.seen(application)["status"] == "applied")
    }

    @Test func `a confirmed plan is applied once, in the tenant's log with its cause, and on the operator's record`() async throws {
        let shop = try await RuleShop()
        let application = try await shop.job.application().id
        let console = try await Console()
        let run = try await console.run(Self.fastTrack, in: [shop.tenant], comment: "Spring cleaning")
        let applied = try await console.apply(run)
        #expect(applied["status"] == "applied")
        #expect(applied["tenants"]?[0]?["status"] == "applied")
        #expect(try await shop.seen(application)["status"] == "screening")
        try await console.root.post("/admin/console/runs/\(run.text("id"))/apply").expect(409)

        let said = try await shop.admin.get("/admin/audit?name=console.applied").expect(200).items
        let event = try #require(said.first)
        #expect(said.count == 1)
        #expect(event["payload"]?["admin"]?.string == console.root.id)
        #expect(event["payload"]?["effects"] == 1)
        #expect(event["payload"]?["comment"] == "Spring cleaning")
        let moved = try await shop.admin.get("/admin/audit?name=application.status_changed").expect(200).items
        #expect(moved.first?["cause"] == event["id"])
        #expect(moved.first?["actor"]?["kind"] == "user" && moved.first?["actor"]?["id"]?.string == console.root.id)
        let theirs = try await shop.admin.get("/admin/audit?actor=\(console.root.id)").expect(200).items.map { $0["name"] }
        #expect(theirs.contains("application.status_changed") && theirs.contains("console.applied"))
        let passages = try await shop.tenant.count(
            """
            SELECT count(*) FROM operator_passages
            WHERE tenant_id = \(shop.tenant.id) AND admin_id = \(console.root.id)::uuid AND request_id <> ''
                AND purpose IN ('Run a console script', 'Apply a console script')
            """
        )
        #expect(passages == 2)
    }

    @Test func `work that is done again applies nothing twice`() async throws {
        let shop = try await RuleShop()
        let application = try await shop.job.application().id
        let console = try await Console()
        let run = try await console.run("for a in applications.each{} do a:note('Seen by the console.') end", in: [shop.tenant])
        _ = try await console.apply(run)
        let id = run.text("id")
        // Like a crash between the tenant's commit and the console's own.
        try await shop.tenant.execute("UPDATE console_run_tenants SET status = 'planned' WHERE run_id = \(id)::uuid")
        try await shop.tenant.execute("UPDATE console_runs SET status = 'planned' WHERE id = \(id)::uuid")
        #expect(try await console.apply(run)["tenants"]?[0]?["status"] == "applied")
        let notes = try await shop.recruiter.get("/applications/\(application)/notes").expect(200).items
        #expect(notes.count == 1)

        try await shop.tenant.execute("UPDATE console_run_tenants SET status = 'planned' WHERE run_id = \(id)::uuid")
        try await shop.tenant.execute("UPDATE console_runs SET status = 'planned' WHERE id = \(id)::uuid")
        try await console.root.patch("/admin/tenants/\(shop.tenant.id)", ["status": "suspended"]).expect(200)
        #expect(try await console.apply(run)["tenants"]?[0]?["status"] == "applied")
    }

    @Test func `a tenant whose plan is refused keeps all as it was, and the others go on`() async throws {
        let (guarded, open) = (try await RuleShop(), try await RuleShop())
        try await guarded.publish(#"before("application.status_changing", function(event) return reject("Not by a script.") end)"#)
        let (kept, moved) = (try await guarded.job.application().id, try await open.job.application().id)
        let console = try await Console()
        let source = """
            tenants.each(function(tenant)
              for application in applications.each{ status = "applied" } do
                application:tag("touched")
                application:move("screening")
              end
            end)
            """
        let plan = try await console.run(source, in: [guarded.tenant, open.tenant])
        let foreseen = plan["tenants"]?.items ?? []
        #expect(
            foreseen.first { $0["id"]?.string == guarded.tenant.id.description }?["error"]?.string?.contains("Not by a script.") == true
        )
        #expect(foreseen.first { $0["id"]?.string == open.tenant.id.description }?["error"] == nil)
        #expect(try await open.seen(moved)["status"] == "applied")
        let run = try await console.apply(plan)
        let tenants = try #require(run["tenants"]?.items)
        let refused = tenants.first { $0["id"]?.string == guarded.tenant.id.description }
        #expect(refused?["status"] == "refused")
        #expect(refused?["error"]?.string?.contains("Not by a script.") == true)
        #expect(refused?["error"]?.string?.hasPrefix("Effect 2, application:move of ") == true)
        #expect(refused?["error"]?.string?.contains("Backend engineer") == true)
        let line = try await console.root.get("/admin/console/runs?limit=100").expect(200).items.first { $0["id"] == plan["id"] }
        #expect(line?["effects"] == 4 && line?["done"] == 2 && line?["refused"] == 2)
        #expect(try await guarded.seen(kept)["tags"] == [])
        #expect(try await guarded.seen(kept)["status"] == "applied")
        #expect(try await open.seen(moved)["status"] == "screening")
        #expect(try await guarded.admin.get("/admin/audit?name=console.applied").expect(200).items.isEmpty)
    }

    @Test func `wider reads answer for the tenant of the turn`() async throws {
        let shop = try await RuleShop()
        let applicant = try await shop.job.application().candidate
        let source = """
            local people, kinds = 0, {}
            for person in users.each{ role = "candidate" } do people = people + 1 print(person.email) end
            for event in events.each{ name = "application.submitted", limit = 1 } do print(event.subject.kind) end
            print(people, #members(jobs{}[1].companyId), #jobs{ status = "published" }, applications{}[1].jobTitle)
            """
        let run = try await Console().run(source, in: [shop.tenant])
        let output = run["output"]?.items.compactMap(\.string) ?? []
        #expect(output.contains(applicant.email), "\(run.text)")
        #expect(output.contains("application"))
        #expect(output.last == "1 2 1 Backend engineer")
    }

    @Test func `outside of a tenant's turn nothing can be read`() async throws {
        let (first, second) = (try await TestTenant(), try await TestTenant())
        let run = try await Console().run("print('so far')\nprint(#applications{})", in: [first, second])
        #expect(run["status"] == "failed")
        #expect(run["output"] == ["so far"])
        #expect(run["reason"]?.string?.hasPrefix("line 2: applications needs a tenant") == true)
    }

    @Test func `a failure names the line and the tenant, and leaves nothing to apply`() async throws {
        let (first, second) = (try await TestTenant(), try await TestTenant())
        let console = try await Console()
        let source = "tenants.each(function(tenant)\n  if tenant.code == '\(second.code)' then error('odd') end\nend)"
        let run = try await console.run(source, in: [first, second])
        #expect(run["status"] == "failed")
        #expect(run["reason"]?.string == "line 2, tenant \(second.code): odd")
        try await console.root.post("/admin/console/runs/\(run.text("id"))/apply").expect(409)
    }

    @Test func `a suspended tenant is skipped, when planned and when applied`() async throws {
        let (sleeping, late) = (try await RuleShop(), try await RuleShop())
        let application = try await late.job.application().id
        let console = try await Console()
        try await console.root.patch("/admin/tenants/\(sleeping.tenant.id)", ["status": "suspended"]).expect(200)
        let run = try await console.run(Self.fastTrack, in: [sleeping.tenant, late.tenant])
        let skipped = run["tenants"]?.items.first { $0["id"]?.string == sleeping.tenant.id.description }
        #expect(skipped?["status"] == "skipped")
        #expect(skipped?["error"] == "The tenant is suspended.")
        try await console.root.patch("/admin/tenants/\(late.tenant.id)", ["status": "suspended"]).expect(200)
        let applied = try await console.apply(run)
        #expect(applied["tenants"]?.items.compactMap { $0["status"]?.string } == ["skipped", "skipped"])
        let status = try await late.tenant.count(
            """
            SELECT count(*) FROM applications a JOIN stages s ON s.tenant_id = a.tenant_id AND s.id = a.stage_id
            WHERE a.tenant_id = \(late.tenant.id) AND a.id = \(application)::uuid AND s.key = 'applied'
            """
        )
        #expect(status == 1)
    }

    @Test func `a run is canceled while it works, and its process ends`() async throws {
        let tenant = try await TestTenant()
        let console = try await Console()
        let started = try await console.start("print('here') while true do end", in: [tenant])
        let id = started.text("id")
        try await eventually { try await console.seen(id)["output"] == ["here"] }
        try await console.root.post("/admin/console/runs/\(id)/cancel").expect(200)
        #expect(try await console.seen(id)["status"] == "canceled")
        try await eventually(within: .seconds(9)) {
            try await tenant.count("SELECT count(*) FROM work WHERE name = 'console.plan' AND payload ->> 'run' = \(id)") == 0
        }
        #expect(try await console.seen(id)["status"] == "canceled")
        try await console.root.post("/admin/console/runs/\(id)/cancel").expect(409)
        try await console.root.post("/admin/console/runs/\(id)/apply").expect(409)
    }

    @Test func `a run whose worker died is planned again from the start`() async throws {
        let tenant = try await TestTenant()
        let console = try await Console()
        let first = try await console.run("print('once')", in: [tenant])
        let id = first.text("id")
        try await tenant.execute("UPDATE console_runs SET status = 'running', output = '{half}' WHERE id = \(id)::uuid")
        try await tenant.execute(
            """
            INSERT INTO work (tenant_id, id, name, payload, state, lease, leased_until, attempts, run_at, created_at)
            SELECT admin_tenant_id, gen_random_uuid(), 'console.plan',
                   jsonb_build_object('run', id, 'admin', jsonb_build_object(
                       'tenant', admin_tenant_id, 'user', admin_id, 'requestID', 'req_1', 'address', '127.0.0.1')),
                   'leased', gen_random_uuid(), now() - interval '1 second', 1, now(), now()
            FROM console_runs WHERE id = \(id)::uuid
            """
        )
        let again = try await console.ended(id)
        #expect(again["status"] == "planned")
        #expect(again["output"] == ["once"])
    }

    @Test func `a plan of more than an hour ago is not applied`() async throws {
        let tenant = try await TestTenant()
        let console = try await Console()
        let run = try await console.run("notify{ role = 'tenantAdmin', text = 'Hello.' }", in: [tenant])
        let id = run.text("id")
        try await tenant.execute("UPDATE console_runs SET planned_at = planned_at - interval '61 minutes' WHERE id = \(id)::uuid")
        let answer = try await console.root.post("/admin/console/runs/\(id)/apply").expect(409)
        #expect(answer.code == "CONSOLE_PLAN_TOO_OLD")
    }

    @Test func `an effect with a bad argument shows its problem in the plan`() async throws {
        let tenant = try await TestTenant()
        let run = try await Console().run("notify{ role = 'tenantAdmin', txt = 'Hello.' }", in: [tenant])
        let effect = run["tenants"]?[0]?["effects"]?[0]
        #expect(effect?["problems"]?["txt"] != nil)
    }

    @Test func `bad input is refused with its field`() async throws {
        let root = try await Person.systemAdmin()
        #expect(try await root.post("/admin/console/runs", ["source": "  "]).expect(400).details["source"] != nil)
        let over: [JSON] = [
            [:], ["tenants": []], ["allTenants": false], ["allTenants": true, "tenants": [.string(Identifier<Tenant>().description)]],
        ]
        for case .object(let fields) in over {
            let body = JSON.object(fields.merging(["source": "print(1)"]) { $1 })
            #expect(try await root.post("/admin/console/runs", body).expect(400).details["tenants"] != nil)
        }
        let nobody: JSON = ["source": "print(1)", "tenants": [.string(Identifier<Tenant>().description)]]
        #expect(try await root.post("/admin/console/runs", nobody).expect(400).details["tenants"] != nil)
        let unknown = "/admin/console/runs/\(Identifier<Tenant>())"
        try await root.get(unknown).expect(404)
        try await root.post("\(unknown)/apply").expect(404)
        try await root.post("\(unknown)/cancel").expect(404)
    }

    @Test func `a tenant's administrator has no console, and rules have none of its names`() async throws {
        let shop = try await RuleShop()
        try await shop.admin.get("/admin/console/runs").expect(403)
        try await shop.admin.post("/admin/console/runs", ["source": "print(1)"]).expect(403)
        let catalogue = try await shop.admin.get("/admin/scripts/events").expect(200).data
        let names = catalogue["operations"]?.items.compactMap { $0["name"]?.string }
        #expect(names?.contains("users") == false)
        #expect(names?.contains("events") == false)
        let wide = try await Person.systemAdmin().get("/admin/console/catalogue").expect(200).data
        let known = wide["operations"]?.items ?? []
        #expect(known.contains { $0["name"] == "users" && $0["audience"] == "console" && $0["isList"] == true })
        #expect(known.contains { $0["name"] == "application:move" && $0["audience"] == "everyone" && $0["isList"] == false })
        #expect(wide["functions"]?.items.contains { $0["name"] == "tenants.each" } == true)
    }

    @Test func `the history shows what was run`() async throws {
        let tenant = try await TestTenant()
        let console = try await Console()
        let run = try await console.run("print('for the record')", in: [tenant], comment: "History")
        let listed = try await console.root.get("/admin/console/runs?limit=100").expect(200).items.first { $0["id"] == run["id"] }
        #expect(listed?["comment"] == "History")
        #expect(listed?["source"] == "print('for the record')")
        #expect(listed?["requestedBy"]?["email"] == "root@example.com")
        #expect(listed?["tenants"] == 1)
        #expect(listed?["effects"] == 0)
    }

    private static let fastTrack = """
        local counts = {}
        tenants.each(function(tenant)
          local found = 0
          for application in applications.each{ status = "applied" } do
            found = found + 1
            application:move("screening", { reason = "From the console" })
          end
          print(tenant.code, found)
          counts[#counts + 1] = { tenant.name, found }
        end)
        report("New applications", { "tenant", "new" }, counts)
        """
}

/// A system admin using the console.
private struct Console {
    let root: Person

    init() async throws {
        root = try await Person.systemAdmin()
    }

    func start(_ source: String, in tenants: [TestTenant], comment: String? = nil) async throws -> JSON {
        var body: [String: JSON] = ["source": .string(source), "tenants": .array(tenants.map { .string($0.id.description) })]
        body["comment"] = comment.map(JSON.string)
        return try await root.post("/admin/console/runs", .object(body)).expect(202).data
    }

    /// Waits for the plan, or the failure.
    func run(_ source: String, in tenants: [TestTenant], comment: String? = nil) async throws -> JSON {
        try await ended(try await start(source, in: tenants, comment: comment).text("id"))
    }

    func apply(_ run: JSON) async throws -> JSON {
        try await root.post("/admin/console/runs/\(run.text("id"))/apply").expect(202)
        return try await ended(run.text("id"))
    }

    func seen(_ id: String) async throws -> JSON { try await root.get("/admin/console/runs/\(id)").expect(200).data }

    func ended(_ id: String) async throws -> JSON {
        var run = JSON.null
        try await eventually {
            run = try await seen(id)
            return !["queued", "running", "applying"].contains(run.text("status"))
        }
        return run
    }
}

extension JSON {
    fileprivate func text(_ key: String) -> String { self[key]?.string ?? "" }
}
