import Foundation
import Kernel
import Postgres
import Testing

/// Companies, their members and their ratings, through the API.
@Suite struct CompaniesTests {
    @Test func `an employer creates a company and administers it at once`() async throws {
        let tenant = try await TestTenant()
        let boss = try await tenant.employer()
        let created = try await boss.post(
            "/companies",
            ["name": "Northwind", "website": "https://northwind.example", "size": "11-50"]
        )
        #expect(created.status == 201)
        let id = try #require(created.data["id"]?.string)
        let changed = try await boss.patch("/companies/\(id)", ["industry": "Logistics", "website": .null])
        #expect(changed.status == 200)
        #expect(changed.data["industry"] == "Logistics")
        #expect(changed.data["website"] == nil)
        #expect(changed.data["size"] == "11-50")
        let members = try await boss.get("/companies/\(id)/users").items
        #expect(members.map { $0["role"] } == ["companyAdmin"])
    }

    @Test func `a candidate creates none, and bad fields are all named`() async throws {
        let tenant = try await TestTenant()
        let candidate = try await tenant.candidate(email: "ada@example.com")
        #expect(try await candidate.post("/companies", ["name": "Northwind"]).status == 403)
        let boss = try await tenant.employer(email: "boss@example.com")
        let bad = try await boss.post("/companies", ["name": "", "website": "ftp://x", "size": "huge", "rank": 1])
        #expect(bad.status == 400)
        for field in ["name", "website", "size", "rank"] { #expect(bad.details[field] != nil) }
        #expect(try await tenant.count("SELECT count(*) FROM companies WHERE tenant_id = \(tenant.id)") == 0)
    }

    @Test func `another tenant's company is not there`() async throws {
        let first = try await CompanyAtWork()
        let second = try await CompanyAtWork()
        for path in ["/companies/\(first.id)", "/companies/\(first.id)/users", "/companies/\(first.id)/ratings"] {
            #expect(try await second.boss.get(path).status == 404, "\(path)")
        }
        #expect(try await second.boss.patch("/companies/\(first.id)", ["name": "Mine"]).status == 404)
        let added = try await second.boss.post("/companies/\(first.id)/users", ["email": "x@example.com", "role": "recruiter"])
        #expect(added.status == 404)
    }

    @Test func `a company of the same tenant can be seen but not changed by others`() async throws {
        let company = try await CompanyAtWork()
        let rival = try await company.tenant.employer(email: "rival@example.com")
        #expect(try await rival.post("/companies", ["name": "Southwind"]).status == 201)
        #expect(try await rival.get("/companies/\(company.id)").status == 200)
        #expect(try await rival.patch("/companies/\(company.id)", ["name": "Mine"]).status == 403)
        #expect(try await rival.get("/companies/\(company.id)/users").status == 403)
        #expect(try await rival.post("/companies", ["name": "NORTHWIND"]).code == "COMPANY_NAME_TAKEN")
    }

    @Test func `somebody with an account is invited, and becomes a member when they accept`() async throws {
        let company = try await CompanyAtWork()
        let grace = try await company.tenant.employer("Augusta", email: "grace@example.com")
        let added = try await company.add("grace@example.com", "recruiter")
        #expect(added.status == 201)
        #expect(added.data["status"] == "invited")
        // The profile is theirs alone until they have joined.
        #expect(added.data["name"] == "grace")
        #expect(try await grace.get("/companies/\(company.id)/users").status == 403)
        #expect(try await grace.get("/users/me").data["companies"]?.items == [])
        let mail = try await company.tenant.mail(to: "grace@example.com")
        #expect(mail.contains("Northwind") && mail.contains("/join#token="))
        let joined = try await grace.post("/invitations/accept", ["token": .string(try #require(resetToken(in: mail)))])
        #expect(joined.data["companies"] == [["companyId": .string(company.id), "role": "recruiter"]])
        let members = try await grace.get("/companies/\(company.id)/users").expect(200).items
        #expect(members.first { $0["userId"]?.string == grace.id }?["name"] == "Augusta Tester")
        #expect(try await company.add("grace@example.com", "hiringManager").code == "MEMBER_EXISTS")
        let again = try await grace.post("/invitations/accept", ["token": .string(try #require(resetToken(in: mail)))])
        #expect(again.code == "INVITATION_NOT_FOUND")
    }

    @Test func `somebody without an account is invited by mail and is in with a password`() async throws {
        let company = try await CompanyAtWork()
        let invited = try await company.add("grace@example.com", "recruiter")
        #expect(invited.data["status"] == "invited")
        let id = try #require(invited.data["userId"]?.string)
        #expect(try await company.change(id, ["status": "active"]).code == "INVITATION_PENDING")
        let mail = try await company.tenant.mail(to: "grace@example.com")
        #expect(mail.contains("Northwind"))
        let token = try #require(resetToken(in: mail))
        let visitor = company.tenant.visitor()
        #expect(try await visitor.post("/auth/reset-password", ["token": .string(token), "newPassword": "Graces-Pass-1"]).status == 200)
        let signedIn = try await visitor.post("/auth/login", ["email": "grace@example.com", "password": "Graces-Pass-1"])
        let grace = company.tenant.person(token: try #require(signedIn.data["accessToken"]?.string))
        let members = try await grace.get("/companies/\(company.id)/users").items
        #expect(members.first { $0["userId"]?.string == id }?["status"] == "active")
    }

    @Test func `a change of role takes effect at once`() async throws {
        let company = try await CompanyAtWork()
        let grace = try await company.tenant.employer(email: "grace@example.com")
        _ = try await company.add("grace@example.com", "recruiter")
        try await company.employer.accepts(grace)
        #expect(try await grace.patch("/companies/\(company.id)", ["location": "Kiel"]).status == 403)
        #expect(try await company.change(grace.id, ["role": "companyAdmin"]).status == 200)
        #expect(try await grace.patch("/companies/\(company.id)", ["location": "Kiel"]).status == 200)
        #expect(try await company.change(grace.id, ["status": "deactivated"]).status == 200)
        #expect(try await grace.get("/companies/\(company.id)/users").status == 403)
    }

    @Test func `the last administrator stays, even when two resign at once`() async throws {
        let company = try await CompanyAtWork()
        #expect(try await company.change(company.boss.id, ["role": "recruiter"]).code == "LAST_COMPANY_ADMIN")
        let grace = try await company.tenant.employer(email: "grace@example.com")
        _ = try await company.add("grace@example.com", "companyAdmin")
        try await company.employer.accepts(grace)
        async let first = company.boss.patch("/companies/\(company.id)/users/\(company.boss.id)", ["role": "recruiter"])
        async let second = grace.patch("/companies/\(company.id)/users/\(grace.id)", ["role": "recruiter"])
        let statuses = try await [first.status, second.status].sorted()
        #expect(statuses == [200, 409])
    }

    @Test func `only a candidate who applied rates a company, once`() async throws {
        let company = try await CompanyAtWork()
        let stranger = try await company.tenant.candidate(email: "stranger@example.com")
        let refused = try await stranger.post("/companies/\(company.id)/ratings", ["rating": 5])
        #expect(refused.code == "RATING_NEEDS_APPLICATION")
        #expect(try await company.boss.post("/companies/\(company.id)/ratings", ["rating": 5]).status == 403)
        #expect(try await stranger.get("/companies/\(company.id)/ratings").data["averageRating"] == nil)
        let applicant = try await company.tenant.candidate(email: "applicant@example.com")
        let job = try await company.employer.job()
        try await applicant.post("/jobs/\(job.id)/apply").expect(201)
        let rated = try await applicant.post("/companies/\(company.id)/ratings", ["rating": 4, "comment": "Quick."])
        #expect(rated.status == 201)
        #expect(try await applicant.post("/companies/\(company.id)/ratings", ["rating": 1]).code == "RATED_BEFORE")
        #expect(try await applicant.post("/companies/\(company.id)/ratings", ["rating": 6]).status == 400)
        let ratings = try await stranger.get("/companies/\(company.id)/ratings")
        #expect(ratings.data["averageRating"] == .number(4))
        #expect(ratings.items.map { $0["comment"] } == ["Quick."])
        #expect(try await stranger.get("/companies/\(company.id)").data["averageRating"] == .number(4))
    }
}

/// A company with its administrator, in a tenant of its own.
struct CompanyAtWork {
    let tenant: TestTenant
    let boss: Person
    let id: String

    init() async throws {
        tenant = try await TestTenant()
        boss = try await tenant.employer(email: "boss@example.com")
        id = try #require(try await boss.post("/companies", ["name": "Northwind"]).data["id"]?.string)
    }

    var employer: TestCompany { TestCompany(tenant: tenant, id: id, admin: boss) }

    func add(_ email: String, _ role: String) async throws -> Answer {
        try await boss.post("/companies/\(id)/users", ["email": .string(email), "role": .string(role)])
    }

    func change(_ user: String, _ body: JSON) async throws -> Answer {
        try await boss.patch("/companies/\(id)/users/\(user)", body)
    }
}
