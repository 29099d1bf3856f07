import Foundation
import Identity
import Kernel
import Postgres
import Testing

/// Employers who sign up on their own reach nobody before an administrator has approved them.
@Suite struct CompanyApprovalTests {
    @Test func `a company that waits reaches nobody and is shown to nobody`() async throws {
        let tenant = try await TestTenant(employerSignUp: .approval)
        let admin = try await tenant.admin()
        let boss = try await tenant.employer()
        let made = try await boss.post("/companies", ["name": "Northwind"]).expect(201)
        #expect(made.data["approval"] == "pending")
        try await waits(boss, made.id)
        let rival = try await tenant.candidate()
        for path in ["/companies/\(made.id)", "/companies/\(made.id)/ratings"] {
            #expect(try await rival.get(path).status == 404, "\(path)")
            #expect(try await boss.get(path).status == 200, "\(path)")
        }
        #expect(try await rival.post("/companies/\(made.id)/ratings", ["rating": 1]).status == 404)
        #expect(try await boss.post("/companies", ["name": "Southwind"]).code == "COMPANY_WAITS")

        // The administrators hear of it, and see it.
        let told = try await admin.get("/notifications").items
        #expect(told.contains { $0["kind"] == "approval" && $0["text"]?.string?.contains("Northwind") == true })
        let list = try await admin.get("/admin/companies?approval=pending").items
        #expect(list.map { $0["name"] } == ["Northwind"])
        #expect(list.first?["founder"]?["email"] == .string(boss.email))

        // Nor can administrators act in it, directly or through a rule, as if it were approved.
        let invited = try await admin.post("/companies/\(made.id)/users", ["email": "x@example.com", "role": "recruiter"])
        #expect(invited.code == "COMPANY_NOT_APPROVED")
        let job = try await admin.post("/jobs", ["companyId": .string(made.id), "title": "Welder", "description": "Welds."]).expect(201)
        #expect(try await admin.post("/jobs/\(job.id)/publish").code == "COMPANY_NOT_APPROVED")
        #expect(try await admin.patch("/jobs/\(job.id)", ["status": "published"]).code == "COMPANY_NOT_APPROVED")
        #expect(try await admin.post("/notifications", ["role": "companyAdmin", "text": "Hello."]).expect(201).data["notified"] == 0)
    }

    private func waits(_ boss: Person, _ company: String) async throws {
        let me = try await boss.get("/users/me").data
        #expect(me["companies"]?.items.first?["approval"] != "approved")
        for path in ["/candidates/search", "/companies/\(company)/users", "/pipelines"] {
            #expect(try await boss.get(path).status == 403, "\(path)")
        }
        #expect(try await boss.get("/applications").items == [])
        let invitation: JSON = ["email": "x@example.com", "role": "recruiter"]
        #expect(try await boss.post("/companies/\(company)/users", invitation).status == 403)
        let job: JSON = ["companyId": .string(company), "title": "Welder", "description": "Welds."]
        #expect(try await boss.post("/jobs", job).status == 403)
        #expect(try await boss.post("/notifications", ["role": "tenantAdmin", "text": "Hello."]).status == 403)
        #expect(try await boss.patch("/companies/\(company)", ["industry": "Any"]).status == 403)
    }

    @Test func `approving or rejecting a company takes effect at once, in both directions`() async throws {
        let tenant = try await TestTenant(employerSignUp: .approval)
        let admin = try await tenant.admin()
        let boss = try await tenant.employer()
        let id = try await boss.post("/companies", ["name": "Northwind"]).expect(201).id
        #expect(try await admin.post("/admin/companies/\(id)/approve").expect(200).data["approval"] == "approved")
        // Approving twice changes nothing.
        try await admin.post("/admin/companies/\(id)/approve").expect(200)
        let mail = try await tenant.server.letterbox.awaited(to: boss.email, containing: "Northwind is approved")
        #expect(!mail.contains("preferences"))
        #expect(try await boss.get("/notifications").items.count == 1)
        let company = TestCompany(tenant: tenant, id: id, admin: boss)
        let job = try await company.job()
        let application = try await job.application()
        let reader = try await tenant.candidate()
        #expect(try await reader.get("/jobs").items.count == 1)

        #expect(try await admin.post("/admin/companies/\(id)/reject", [:]).details["reason"] != nil)
        try await admin.post("/admin/companies/\(id)/reject", ["reason": "Not in the register."]).expect(200)
        try await waits(boss, id)
        #expect(try await boss.get("/companies/\(id)").data["approvalReason"] == "Not in the register.")
        #expect(try await boss.get("/applications/\(application.id)").status == 404)
        #expect(try await reader.get("/jobs").items == [])
        #expect(try await reader.get("/jobs/\(job.id)").status == 404)
        #expect(try await reader.post("/jobs/\(job.id)/apply").status == 404)
        #expect(try await reader.get("/companies/\(id)").status == 404)
        // Candidates who have applied keep their applications.
        #expect(try await application.candidate.get("/applications/\(application.id)").status == 200)
        _ = try await tenant.server.letterbox.awaited(to: boss.email, containing: "Not in the register.")

        try await admin.post("/admin/companies/\(id)/approve").expect(200)
        #expect(try await reader.get("/jobs").items.count == 1)
        #expect(try await boss.get("/applications/\(application.id)").status == 200)
        let events = try await tenant.server.inspector.query(
            "SELECT name FROM events WHERE tenant_id = \(tenant.id) AND name LIKE 'company.%' ORDER BY id"
        )
        #expect(
            try events.map { try $0("name") as String } == ["company.created", "company.approved", "company.rejected", "company.approved"]
        )
    }

    @Test func `a name belongs to whoever was approved under it`() async throws {
        let tenant = try await TestTenant(employerSignUp: .approval)
        let admin = try await tenant.admin()
        let squatter = try await tenant.employer()
        let waiting = try await squatter.post("/companies", ["name": "Acme"]).expect(201).id
        try await admin.post("/companies", ["name": "ACME"]).expect(201)
        #expect(try await admin.post("/admin/companies/\(waiting)/approve").code == "COMPANY_NAME_TAKEN")
        let other = try await tenant.employer()
        #expect(try await other.post("/companies", ["name": "acme"]).code == "COMPANY_NAME_TAKEN")
    }

    @Test func `one person has one company waiting, even when they ask twice at once`() async throws {
        let tenant = try await TestTenant(employerSignUp: .approval)
        let boss = try await tenant.employer()
        async let first = boss.post("/companies", ["name": "Northwind"])
        async let second = boss.post("/companies", ["name": "Southwind"])
        let statuses = try await [first.status, second.status].sorted()
        #expect(statuses == [201, 409])
    }

    @Test func `the tenant decides whether employers wait, are in, or stay out`() async throws {
        let tenant = try await TestTenant(employerSignUp: .approval)
        let admin = try await tenant.admin()
        #expect(try await admin.get("/admin/settings").data == ["employerSignUp": "approval", "candidatePool": "shared"])
        #expect(try await admin.patch("/admin/settings", ["employerSignUp": "sometimes"]).status == 400)
        try await admin.patch("/admin/settings", ["employerSignUp": "open"]).expect(200)
        let boss = try await tenant.employer()
        #expect(try await boss.post("/companies", ["name": "Northwind"]).expect(201).data["approval"] == "approved")
        #expect(try await boss.get("/candidates/search").status == 200)
        try await admin.patch("/admin/settings", ["employerSignUp": "closed"]).expect(200)
        #expect(try await boss.post("/companies", ["name": "Southwind"]).code == "EMPLOYER_SIGN_UP_CLOSED")
        let registration: JSON = ["email": "new@example.com", "password": .string(TestServer.password), "role": "employer"]
        #expect(try await tenant.visitor().post("/auth/register", registration).code == "EMPLOYER_SIGN_UP_CLOSED")
        try await tenant.candidate().get("/users/me").expect(200)
        #expect(try await admin.post("/companies", ["name": "Eastwind"]).expect(201).data["approval"] == "approved")
        #expect(try await boss.get("/admin/settings").status == 403)
        // Each tenant has its own setting.
        let others = try await TestTenant(employerSignUp: .approval)
        #expect(try await others.admin().get("/admin/settings").data == ["employerSignUp": "approval", "candidatePool": "shared"])
    }

    @Test func `an invitation to a company that has since been rejected leads nowhere`() async throws {
        let company = try await CompanyAtWork()
        let admin = try await company.tenant.admin()
        let grace = try await company.tenant.candidate("Grace", email: "grace@example.com")
        try await company.add("grace@example.com", "recruiter").expect(201)
        let token = JSON.string(try #require(resetToken(in: try await company.tenant.mail(to: "grace@example.com"))))
        try await admin.post("/admin/companies/\(company.id)/reject", ["reason": "No."]).expect(200)
        try await grace.post("/invitations/accept", ["token": token]).expect(200)
        #expect(try await grace.get("/companies/\(company.id)/users").status == 403)
        #expect(try await grace.get("/candidates/search").status == 403)
    }

    @Test func `a company whose founder is gone is still listed`() async throws {
        let tenant = try await TestTenant()
        let company = try await tenant.company()
        try await tenant.execute(
            """
            UPDATE users u SET status = 'deleted'
            FROM companies c
            WHERE u.tenant_id = \(tenant.id) AND c.tenant_id = u.tenant_id AND c.created_by = u.id AND c.id = \(company.id)::uuid
            """
        )
        let admin = try await tenant.admin()
        let listed = try await admin.get("/admin/companies").expect(200)
        #expect(listed.items.contains { $0["id"] == .string(company.id) && ($0["founder"]?.isNull ?? true) })
        #expect(listed.data["pagination"]?["total"]?.int == listed.items.count)
    }
}
