import Foundation
import Kernel
import Testing

/// Candidates' profiles through the API.
@Suite struct CandidatesTests {
    @Test func `a candidate shows themselves in their own words, and null clears`() async throws {
        let ada = try await TestTenant().candidate()
        let changed = try await ada.patch(
            "/candidates/me",
            [
                "headline": "Welder", "summary": "Fifteen years.", "location": "Kiel", "skills": ["TIG", "MIG"], "jobSearchMode": "active",
                "preferences": ["titles": ["Foreman"], "remoteOnly": false, "minimumSalary": ["amount": 1, "currency": "EUR"]],
            ]
        ).expect(200)
        #expect(changed.data["skills"] == ["TIG", "MIG"])
        let cleared = try await ada.patch("/candidates/me", ["headline": .null, "skills": .null]).expect(200)
        #expect(cleared.data["headline"] == nil)
        #expect(cleared.data["skills"] == [])
        #expect(cleared.data["summary"] == "Fifteen years.")
        #expect(cleared.data["preferences"]?["titles"] == ["Foreman"])
        let bad = try await ada.patch("/candidates/me", ["skills": [""], "jobSearchMode": "maybe", "location": 5, "age": 30]).expect(400)
        for field in ["skills.0", "jobSearchMode", "location", "age"] { #expect(bad.details[field] != nil, "\(field)") }
    }

    @Test func `a stale version can't overwrite a newer one`() async throws {
        let ada = try await TestTenant().candidate()
        let seen = try #require(try await ada.get("/candidates/me").expect(200).headers["etag"])
        try await ada.patch("/candidates/me", ["headline": "First"], headers: ["If-Match": seen]).expect(200)
        try await ada.patch("/candidates/me", ["headline": "Second"], headers: ["If-Match": seen]).expect(412)
        #expect(try await ada.get("/candidates/me").data["headline"] == "First")
    }

    @Test func `an employer sees no way to reach a candidate, and a hidden one not at all`() async throws {
        let company = try await TestTenant().company()
        let ada = try await company.tenant.candidate(email: "ada.lovelace@example.com").inPool()
        let seen = try await company.admin.get("/candidates/\(ada.id)").expect(200)
        #expect(seen.data["contact"]?["isMasked"] == true)
        #expect(!seen.json.text.contains("lovelace@"))
        #expect(try await ada.get("/candidates/me").data["contact"]?["email"] == "ada.lovelace@example.com")
        try await ada.patch("/candidates/me", ["jobSearchMode": "hidden"]).expect(200)
        #expect(try await company.admin.get("/candidates/\(ada.id)").status == 404)
        #expect(try await company.admin.get("/candidates/\(company.admin.id)").status == 404)
    }

    @Test func `candidates are found by what they say of themselves, unless they hide`() async throws {
        let company = try await TestTenant().company()
        let (ada, bo) = (try await company.tenant.candidate("Ada").inPool(), try await company.tenant.candidate("Bo").inPool())
        try await ada.patch("/candidates/me", ["headline": "Welder", "location": "Kiel", "skills": ["TIG", "MIG"]]).expect(200)
        try await bo.patch("/candidates/me", ["headline": "Baker", "skills": ["Bread"]]).expect(200)
        func found(_ query: String) async throws -> [String] {
            try await company.admin.get("/candidates/search?\(query)").expect(200).items.compactMap { $0["id"]?.string }
        }
        #expect(try await found("limit=10") == [ada.id, bo.id])
        #expect(try await found("q=weld") == [ada.id])
        #expect(try await found("skills=tig,mig") == [ada.id])
        #expect(try await found("skills=tig,bread") == [])
        #expect(try await found("location=kiel&jobSearchMode=passive") == [ada.id])
        #expect(try await found("experienceMin=1") == [])
        let second = try await company.admin.get("/candidates/search?limit=1&page=2").expect(200)
        #expect(second.items.first?["name"] == "Bo Tester")
        #expect(second.data["pagination"]?["total"] == 2)
        try await ada.patch("/candidates/me", ["jobSearchMode": "hidden"]).expect(200)
        #expect(try await found("limit=10") == [bo.id])
        let other = try await TestTenant().company()
        #expect(try await other.admin.get("/candidates/search").expect(200).items.isEmpty)
        try await company.admin.get("/candidates/search?experienceMin=-1").expect(400)
    }

    @Test func `what a candidate left out is found in their resume`() async throws {
        let company = try await TestTenant().company()
        let ada = try await company.tenant.candidate().inPool()
        let resume = try await ada.upload("/resumes/upload", file: try Fixture.pdf, name: "cv.pdf").expect(201)
        try await eventually { try await ada.get("/resumes/\(resume.id)").data["status"] == "parsed" }
        let seen = try await company.admin.get("/candidates/search?experienceMin=1").expect(200).items
        #expect(seen.first?["id"]?.string == ada.id)
        #expect(seen.first?["skills"]?.items.isEmpty == false)
    }
}
