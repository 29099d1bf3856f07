import Foundation
import Kernel
import Postgres
import Testing

/// Contact data is only where the mask is applied, and nowhere else.
@Suite struct ContactDataTests {
    @Test func `contact data in a candidate's own words is masked at every door, in events and in rules`() async throws {
        let shop = try await RuleShop()
        let (tenant, company) = (shop.tenant, shop.job.company)
        let ada = try await tenant.candidate(email: "ada.lovelace@example.com")
        let words: JSON = [
            "headline": "Welder, ada@private.example or +49 176 12345678", "location": "Kiel, call 0431/1234567",
            "summary": "Fifteen years. See https://github.com/adalovelace, www.ada.example, write ada (at) private.example.",
            "skills": ["TIG", "ada@private.example", "linkedin.com/in/adalovelace"],
        ]
        let own = try await ada.patch("/candidates/me", words).expect(200)
        #expect(own.data["headline"] == words["headline"])
        try await shop.publish(
            #"""
            on("application.submitted", function(event)
              local c = event.application.candidate
              event.application:note { text = "rule saw " .. c.headline .. " " .. c.location .. " " .. table.concat(c.skills, " ") }
            end)
            on("candidate.updated", function(event) log(table.concat(event.candidate.skills, " ")) end)
            """#
        )
        let letter: JSON = ["coverLetter": "Write to ada@private.example, or call 0176 12345678."]
        let application = try await ada.post("/jobs/\(shop.job.id)/apply", letter).expect(201)
        #expect(application.data["coverLetter"] == letter["coverLetter"])
        try await eventually { try await !company.admin.get("/applications/\(application.id)/notes").items.isEmpty }
        try await company.admin.patch("/applications/\(application.id)/status", ["status": "screening"]).expect(200)
        try await ada.patch("/candidates/me", ["jobSearchMode": "active"]).expect(200)
        let admin = shop.admin
        for door in [
            "/candidates/search?limit=100", "/applications", "/jobs/\(shop.job.id)/applications",
            "/jobs/\(shop.job.id)/board", "/applications/\(application.id)/history",
            "/applications/\(application.id)/notes", "/applications/\(application.id)/ats-score",
        ] {
            let text = try await company.admin.get(door).expect(200).json.text
            Self.expectMasked(text, at: door)
        }
        let events = try await admin.get("/events?limit=100").expect(200).items
        for event in events where ["application", "candidate"].contains(event["subject"]?["kind"]?.string) {
            Self.expectMasked(event.text, at: event["name"]?.string ?? "")
        }
        // Applying gave this company the contact data, and no other one; nobody reads it from other words.
        let given = try await company.admin.get("/candidates/\(ada.id)").expect(200)
        #expect(given.data["headline"]?.string?.hasPrefix("Welder, ••• or •••") == true)
        #expect(given.data["skills"] == ["TIG", "•••", "•••"])
        #expect(given.data["contact"] == ["email": "ada.lovelace@example.com", "phones": [], "isMasked": false])
        #expect(!given.json.text.contains("private.example"))
        let rival = try await tenant.company("Southwind").admin
        _ = try await ada.inPool()
        let seen = try await rival.get("/candidates/\(ada.id)").expect(200)
        #expect(seen.data["contact"]?["isMasked"] == true)
        Self.expectMasked(seen.json.text, at: "another company's profile")
    }

    private static func expectMasked(_ text: String, at door: String) {
        for secret in ["private.example", "12345678", "1234567", "adalovelace", "www.ada", "lovelace@"] {
            #expect(!text.contains(secret), "\(door) tells \(secret): \(text)")
        }
    }

    @Test func `a search finds nobody by what is masked`() async throws {
        let company = try await TestTenant().company()
        let ada = try await company.tenant.candidate().inPool()
        try await ada.patch(
            "/candidates/me",
            [
                "headline": "Welder ada@private.example +49 176 12345678 https://ada.example", "location": "Kiel 0431 1234567",
                "skills": ["TIG", "ada@private.example"],
            ]
        ).expect(200)
        func found(_ query: String) async throws -> Int {
            try await company.admin.get("/candidates/search?\(query)").expect(200).items.count
        }
        for query in [
            "q=private", "q=ada@", "q=176", "q=5678", "q=49", "q=ada.example", "location=0431", "location=123",
            "skills=ada@private.example",
        ] {
            #expect(try await found(query) == 0, "\(query)")
        }
        for query in ["q=welder", "q=tig", "location=kiel", "skills=tig"] { #expect(try await found(query) == 1, "\(query)") }
    }

    @Test func `a candidate without a name is Candidate, and never a part of their address`() async throws {
        let shop = try await RuleShop()
        let tenant = shop.tenant
        let body: JSON = ["email": "m.secretname@example.com", "password": .string(TestServer.password), "role": "candidate"]
        let nameless = Person(
            tenant,
            try await tenant.visitor().post("/auth/register", body).expect(201),
            email: "m.secretname@example.com"
        )
        try await shop.publish(
            #"""
            on("application.submitted", function(event)
              event.application:note { text = "Hello " .. event.application.candidate.name }
              notify { role = "recruiter", text = event.application.candidate.name .. " has applied." }
            end)
            """#
        )
        let application = try await nameless.post("/jobs/\(shop.job.id)/apply").expect(201)
        let company = shop.job.company
        try await eventually { try await !company.admin.get("/applications/\(application.id)/notes").items.isEmpty }
        #expect(try await company.admin.get("/applications/\(application.id)/notes").items.first?["text"] == "Hello Candidate")
        #expect(try await company.admin.get("/candidates/\(nameless.id)").data["name"] == "Candidate")
        for door in [
            "/candidates/search?limit=100", "/applications", "/jobs/\(shop.job.id)/board", "/jobs/\(shop.job.id)/applications",
            "/applications/\(application.id)/history",
        ] {
            #expect(try await !company.admin.get(door).expect(200).json.text.contains("secretname"), "\(door)")
        }
        #expect(try await !shop.recruiter.get("/notifications").expect(200).json.text.contains("secretname"))
        #expect(try await company.admin.get("/candidates/search?q=secretname").items.isEmpty)
        try await nameless.patch("/users/me", ["firstName": "Madonna"]).expect(200)
        #expect(try await company.admin.get("/candidates/\(nameless.id)").data["name"] == "Madonna")
    }
}
