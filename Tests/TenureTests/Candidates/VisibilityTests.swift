import Foundation
import Identity
import Kernel
import Postgres
import Testing

/// Who may know of a candidate: companies that they applied to, and others only if tenant and candidate agree. The same at every door.
@Suite struct VisibilityTests {
    /// The doors through which a person sees the candidate.
    private func doors(to candidate: Person, for person: Person) async throws -> Set<String> {
        var open: Set<String> = []
        func look(_ door: String, _ isOpen: Bool) { if isOpen { open.insert(door) } }
        look("profile", try await person.get("/candidates/\(candidate.id)").status == 200)
        for query in ["", "?q=visible", "?skills=welding", "?location=kiel", "?q=visible&skills=welding&jobSearchMode=passive"] {
            let found = try await person.get("/candidates/search\(query)").expect(200).items
            look("search\(query)", found.contains { $0["id"]?.string == candidate.id })
            #expect(found.count { $0["id"]?.string == candidate.id } <= 1)
        }
        look("picture", try await person.get("/users/\(candidate.id)/profile-picture").status == 200)
        look("presence", try await person.get("/users/\(candidate.id)/presence").status == 200)
        let many = try await person.get("/presence/users?ids=\(candidate.id)").expect(200)
        look("presence of many", !many.items.isEmpty)
        return open
    }

    private static let all: Set<String> = [
        "profile", "search", "search?q=visible", "search?skills=welding", "search?location=kiel",
        "search?q=visible&skills=welding&jobSearchMode=passive", "picture", "presence", "presence of many",
    ]

    private func candidate(in tenant: TestTenant) async throws -> Person {
        let candidate = try await tenant.candidate("Visible")
        try await candidate.patch("/candidates/me", ["headline": "Welder", "location": "Kiel", "skills": ["Welding"]]).expect(200)
        try await candidate.upload("/users/me/profile-picture", file: Fixture.png, name: "me.png").expect(200)
        return candidate
    }

    @Test func `a new candidate is seen by nobody until they apply or choose`() async throws {
        let company = try await TestTenant().company()
        let (tenant, rival) = (company.tenant, try await company.tenant.company("Southwind"))
        let (recruiter, stranger) = (try await company.recruiter(), try await rival.recruiter())
        let candidate = try await candidate(in: tenant)
        #expect(try await candidate.get("/candidates/me").expect(200).data["visibility"] == "private")
        #expect(try await doors(to: candidate, for: recruiter) == [])

        try await candidate.post("/jobs/\(company.job().id)/apply").expect(201)
        #expect(try await doors(to: candidate, for: recruiter) == Self.all)
        #expect(try await doors(to: candidate, for: stranger) == [])
        #expect(try await recruiter.get("/candidates/\(candidate.id)").data["visibility"] == nil)

        try await candidate.patch("/candidates/me", ["visibility": "pool"]).expect(200)
        #expect(try await doors(to: candidate, for: stranger) == Self.all)
        #expect(try await doors(to: candidate, for: recruiter) == Self.all)
        try await candidate.patch("/candidates/me", ["jobSearchMode": "hidden"]).expect(200)
        #expect(try await doors(to: candidate, for: stranger) == [])
        try await candidate.patch("/candidates/me", ["jobSearchMode": "passive", "visibility": "private"]).expect(200)
        #expect(try await doors(to: candidate, for: stranger) == [])
        #expect(try await doors(to: candidate, for: recruiter) == Self.all)
    }

    @Test func `a tenant closes its pool, and opens it again`() async throws {
        let company = try await TestTenant().company()
        let (tenant, admin) = (company.tenant, try await company.tenant.admin())
        let candidate = try await candidate(in: tenant).inPool()
        #expect(try await admin.get("/admin/settings").expect(200).data["candidatePool"] == "shared")
        #expect(try await doors(to: candidate, for: company.admin) == Self.all)
        try await admin.patch("/admin/settings", ["candidatePool": "closed"]).expect(200)
        #expect(try await doors(to: candidate, for: company.admin) == [])
        try await candidate.post("/jobs/\(company.job().id)/apply").expect(201)
        #expect(try await doors(to: candidate, for: company.admin) == Self.all)
        try await admin.patch("/admin/settings", ["candidatePool": "shared"]).expect(200)
        #expect(try await doors(to: candidate, for: try await tenant.company("Southwind").admin) == Self.all)
        try await admin.patch("/admin/settings", ["candidatePool": "sometimes"]).expect(400)
    }

    @Test func `who applied to several companies of a member is found once, and counted once`() async throws {
        let tenant = try await TestTenant()
        let (one, other) = (try await tenant.company("One"), try await tenant.company("Other"))
        let recruiter = try await one.recruiter()
        try await other.admin.post("/companies/\(other.id)/users", ["email": .string(recruiter.email), "role": "recruiter"]).expect(201)
        try await other.accepts(recruiter)
        var ids: Set<String> = []
        for name in ["Ada", "Bo", "Cleo", "Dora", "Edda"] {
            let candidate = try await tenant.candidate(name).inPool()
            ids.insert(candidate.id)
            for company in [one, other] { try await candidate.post("/jobs/\(company.job().id)/apply").expect(201) }
        }
        for query in ["", "q=tester&"] {
            let whole = try await recruiter.get("/candidates/search?\(query)limit=100").expect(200)
            #expect(whole.items.compactMap { $0["name"]?.string } == ["Ada", "Bo", "Cleo", "Dora", "Edda"].map { "\($0) Tester" })
            #expect(whole.data["pagination"]?["total"] == 5)
            var found: [JSON] = []
            var cursor = ""
            repeat {
                let part = try await recruiter.get("/candidates/search?\(query)limit=2\(cursor)").expect(200)
                found += part.items
                cursor = (part.data["nextCursor"]?.string).map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty && found.count < 20
            #expect(found == whole.items)
        }
    }

    @Test func `after a merge the company sees the one that was kept, and after its end what it saw before`() async throws {
        let company = try await TestTenant().company()
        let (tenant, admin) = (company.tenant, try await company.tenant.admin())
        let (kept, merged) = (try await tenant.candidate("Kept"), try await tenant.candidate("Kept"))
        try await merged.post("/jobs/\(company.job().id)/apply").expect(201)
        func seen() async throws -> [String] {
            try await company.admin.get("/candidates/search").expect(200).items.compactMap { $0["id"]?.string }
        }
        #expect(try await seen() == [merged.id])
        let merge = try await admin.post("/candidates/merges", ["keptId": .string(kept.id), "mergedId": .string(merged.id)]).expect(201)
        #expect(try await seen() == [kept.id])
        #expect(try await company.admin.get("/candidates/\(merged.id)").expect(200).id == kept.id)
        try await admin.post("/candidates/merges/\(merge.id)/undo").expect(200)
        #expect(try await seen() == [merged.id])
        #expect(try await company.admin.get("/candidates/\(kept.id)").status == 404)
    }

    @Test func `an employer who signed up alone finds nobody`() async throws {
        let tenant = try await TestTenant(employerSignUp: .approval)
        _ = try await tenant.candidate().inPool()
        let boss = try await tenant.employer()
        try await boss.post("/companies", ["name": "Anybody"]).expect(201)
        #expect(try await boss.get("/candidates/search").status == 403)
    }
}
