import Foundation
import Kernel
import Postgres
import Testing

/// The main workflow, end to end, as recruiter and candidate would do it.
@Suite struct HiringLoopTests {
    @Test func `a candidate is hired, and the history says how`() async throws {
        let tenant = try await TestTenant()
        let company = try await tenant.company()
        let recruiter = try await company.recruiter()
        let job = try await company.job()
        let candidate = try await tenant.candidate()
        try await candidate.patch(
            "/candidates/me",
            ["headline": "Backend engineer", "skills": ["Swift", "Postgres"], "location": "Hamburg"]
        )
        .expect(200)

        let applied = try await candidate.post("/jobs/\(job.id)/apply", ["coverLetter": "Hello."]).expect(201)
        #expect(applied.data["status"]?.string == "applied")
        let score = try await recruiter.get("/applications/\(applied.id)/ats-score").expect(200)
        #expect((score.data["total"]?.int ?? 0) > 50)

        let board = try await recruiter.get("/jobs/\(job.id)/board").expect(200)
        #expect(board.data["columns"]?[0]?["count"]?.int == 1)
        try await recruiter.patch("/applications/\(applied.id)/status", ["status": "interview", "reason": "Strong match"]).expect(200)
        try await recruiter.post("/applications/\(applied.id)/rate", ["rating": 5]).expect(200)
        try await recruiter.post("/applications/\(applied.id)/notes", ["text": "Call on Monday."]).expect(201)
        let interview = try await recruiter.post(
            "/applications/\(applied.id)/interviews",
            ["kind": "technical", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 60, "interviewers": [.string(recruiter.id)]]
        ).expect(201)
        try await tenant.execute("UPDATE interviews SET starts_at = now() WHERE id = \(interview.id)::uuid")
        try await recruiter.post("/interviews/\(interview.id)/scorecards", ["recommendation": "yes", "ratings": ["swift": 5]]).expect(201)
        try await recruiter.patch("/applications/\(applied.id)/status", ["status": "offer"]).expect(200)
        let offer = try await company.admin.post(
            "/applications/\(applied.id)/offers",
            ["baseSalary": ["amount": 8_200_000, "currency": "EUR"], "expiresAt": "2099-02-01T00:00:00Z"]
        ).expect(201)
        try await candidate.patch("/offers/\(offer.id)", ["status": "accepted"]).expect(200)
        try await recruiter.patch("/applications/\(applied.id)/status", ["status": "hired"]).expect(200)

        let history = try await recruiter.get("/applications/\(applied.id)/history").expect(200)
        let names = history.data.items.compactMap { $0["event"]?.string }
        #expect(
            names == [
                "application.submitted", "application.status_changed", "application.rated", "application.noted", "interview.scheduled",
                "scorecard.submitted", "application.status_changed", "offer.made", "offer.changed", "application.status_changed",
            ]
        )
        let seen = try await candidate.get("/applications/\(applied.id)/history").expect(200)
        #expect(!seen.data.items.contains { $0["event"]?.string == "application.noted" })
    }

    @Test func `applying fifty times at once leaves one application`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let candidate = try await company.tenant.candidate()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await candidate.post("/jobs/\(job.id)/apply").status } }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 201 } == 1)
        #expect(statuses.count { $0 == 409 } == 49)
    }
}
