import Kernel
import Testing

/// `If-Match` is compared, or refused: never taken and forgotten.
@Suite struct ExpectedVersionTests {
    @Test func `of two who move an interview over what they saw, one wins`() async throws {
        let company = try await TestTenant().company()
        let (application, _) = try await company.job().application(at: "interview")
        let made = try await company.admin.post(
            "/applications/\(application)/interviews",
            ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        ).expect(201)
        let seen = ["If-Match": try #require(made.headers["etag"])]
        async let first = company.admin.patch("/interviews/\(made.id)", ["startsAt": "2099-01-06T09:00:00Z"], headers: seen)
        async let second = company.admin.patch("/interviews/\(made.id)", ["startsAt": "2099-01-07T09:00:00Z"], headers: seen)
        let answers = try await [first, second].sorted { $0.status < $1.status }
        #expect(answers.map(\.status) == [200, 412])
        let next = ["If-Match": try #require(answers[0].headers["etag"])]
        try await company.admin.patch("/interviews/\(made.id)", ["durationMinutes": 45], headers: next).expect(200)
    }

    @Test func `a candidate withdraws, and members tag and rate, over the version that they saw`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application()
        let (own, members) = (
            ["If-Match": try #require(try await candidate.get("/applications/\(application)").headers["etag"])],
            ["If-Match": try #require(try await company.admin.get("/applications/\(application)").headers["etag"])]
        )
        try await company.admin.post("/applications/\(application)/tags", ["tag": "strong"], headers: members).expect(200)
        try await company.admin.post("/applications/\(application)/tags", ["tag": "local"], headers: members).expect(412)
        try await company.admin.post("/applications/\(application)/rate", ["rating": 4], headers: members).expect(412)
        // Neither is the candidate's to see, so both leave their version alone.
        try await company.admin.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        try await candidate.post("/applications/\(application)/withdraw", headers: own).expect(412)
        let now = ["If-Match": try #require(try await candidate.get("/applications/\(application)").headers["etag"])]
        try await company.admin.post("/applications/\(application)/tags", ["tag": "late"]).expect(200)
        try await candidate.post("/applications/\(application)/withdraw", headers: now).expect(200)
    }

    @Test func `where no version is compared the header is refused, and nothing is done`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application()
        let seen = ["If-Match": "\"1\""]
        let refused = try await company.admin.post("/applications/\(application)/notes", ["text": "Hm."], headers: seen)
        #expect(refused.expect(400).details["ifMatch"] != nil)
        #expect(try await company.admin.get("/applications/\(application)/notes").items.isEmpty)
        #expect(try await company.admin.get("/applications/\(application)/notes", headers: seen).status == 200)
        let bulk: JSON = ["ids": [.string(application)], "status": "rejected"]
        try await company.admin.post("/applications/bulk-status", bulk, headers: seen).expect(400)
        #expect(try await candidate.get("/applications/\(application)").data["status"] == "applied")
    }
}
