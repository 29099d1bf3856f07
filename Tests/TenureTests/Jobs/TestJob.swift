import Kernel
import Testing
import Wire

extension TestCompany {
    /// A published job; `fields` override or add to the usual ones.
    func job(_ fields: [String: JSON] = [:], published: Bool = true) async throws -> TestJob {
        var body: [String: JSON] = [
            "companyId": .string(id), "title": "Backend engineer", "description": "Builds the server side in Swift and PostgreSQL.",
            "location": "Hamburg",
            "requirements": ["requiredSkills": ["Swift", "PostgreSQL"], "preferredSkills": ["Redis"], "minimumYears": 3],
        ]
        body.merge(fields) { $1 }
        let job = try await admin.post("/jobs", .object(body)).expect(201)
        if published { try await admin.post("/jobs/\(job.id)/publish").expect(200) }
        return TestJob(company: self, id: job.id)
    }
}

struct TestJob: Sendable {
    let company: TestCompany
    let id: String
}
