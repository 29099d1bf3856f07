import Foundation
import Kernel
import Testing

/// What a job keeps within its own company, tried at each endpoint that shows jobs, by everybody who may not know.
@Suite struct JobPrivacyTests {
    private static let secrets: [String: JSON] = [
        "customFields": ["budget": "secret-budget"],
        "requirements": [
            "requiredSkills": ["Swift"], "preferredSkills": ["Redis"], "weights": ["requiredSkills": 873, "preferredSkills": 127],
        ],
        "questions": [
            ["key": "permit", "text": "May you work here?", "kind": "yesNo", "isRequired": false, "disqualifying": ["secret-no"]]
        ],
    ]

    @Test func `author, weights, own fields and disqualifying answers are shown at no endpoint`() async throws {
        let company = try await TestTenant().company()
        let tenant = company.tenant
        let rival = try await tenant.company("Southwind")
        let job = try await company.job(Self.secrets)
        let (application, candidate) = try await job.application()
        try await company.admin.post(
            "/applications/\(application)/interviews",
            ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        ).expect(201)
        let doors = [
            "/jobs", "/jobs?q=backend", "/jobs?companyId=\(company.id)", "/jobs/\(job.id)", "/jobs/\(job.id)/board",
            "/jobs/\(job.id)/applications", "/applications", "/applications/\(application)", "/applications/\(application)/history",
            "/applications/\(application)/ats-score", "/applications/\(application)/interviews", "/applications/\(application)/offers",
            "/interviews", "/pipelines", "/users/me/export", "/notifications", "/events", "/admin/audit", "/companies/\(company.id)",
        ]
        let secrets = [
            "secret-budget", "customFields\":{\"", "\"weight\"", "\"weights\"", "secret-no", "createdBy",
            company.admin.id,
        ]
        for person in [candidate, rival.admin, try await rival.recruiter(), try await tenant.candidate(), try await tenant.employer()] {
            for door in doors {
                let text = try await person.get(door).json.text
                for secret in secrets { #expect(!text.contains(secret), "\(door) tells \(secret)") }
            }
        }
        for door in doors { #expect(try await tenant.visitor().get(door).status == 401, "\(door)") }
        let own = try await company.admin.get("/jobs/\(job.id)").expect(200).json.text
        for secret in ["secret-budget", "\"weights\"", "secret-no", company.admin.id] { #expect(own.contains(secret)) }
        #expect(try await company.admin.get("/applications/\(application)/ats-score").expect(200).data["components"]?[0]?["weight"] != nil)
    }

    @Test func `filters reveal nothing that a job hides`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let candidate = try await company.tenant.candidate()
        let (first, second) = (try await company.job(Self.secrets), try await company.job(["title": "Baker"]))
        let theirs = try await rival.job(["title": "Pilot"])
        for person in [candidate, rival.admin] {
            func listed(_ query: String = "") async throws -> [JSON] { try await person.get("/jobs?\(query)").expect(200).items }
            #expect(try await listed("createdBy=\(company.admin.id)").isEmpty)
            #expect(try await listed("q=secret-budget").isEmpty)
            let (before, shown) = (try await listed(), try await person.get("/jobs/\(first.id)").expect(200))
            #expect(before.map { $0["id"]?.string } == [theirs.id, second.id, first.id])
            try await company.admin.patch("/jobs/\(first.id)", ["customFields": ["budget": .string(UUID().uuidString)]]).expect(200)
            #expect(try await listed() == before)
            let again = try await person.get("/jobs/\(first.id)").expect(200)
            #expect(again.data == shown.data && again.headers["etag"] == shown.headers["etag"])
        }
        #expect(try await rival.admin.get("/jobs?createdBy=\(rival.admin.id)").items.map { $0["id"]?.string } == [theirs.id])
        #expect(try await company.tenant.admin().get("/jobs?createdBy=\(company.admin.id)").items.count == 2)
        try await company.admin.patch("/jobs/\(first.id)", ["title": "Frontend engineer"]).expect(200)
        #expect(try await candidate.get("/jobs/\(first.id)").data["title"] == "Frontend engineer")
    }
}
