import Foundation
import Kernel
import Testing

@testable import tenure

/// A confidential job is known to its hiring team and the tenant's administrators, and to nobody else at any door.
@Suite struct ConfidentialJobTests {
    private static let title = "Successor of the managing director"
    private let company: TestCompany
    private let job: TestJob
    private let outsider: Person
    private let candidate: Person
    private let ids: [String: String]
    private var insider: Person { company.admin }
    private var application: String { ids["applications"] ?? "" }

    init() async throws {
        company = try await TestTenant().company()
        outsider = try await company.member("companyAdmin")
        job = try await company.job(["title": .string(Self.title)])
        candidate = try await company.tenant.candidate()
        let resume = try await candidate.upload("/resumes/upload", file: try Fixture.pdf, name: "cv.pdf").expect(201)
        let reader = candidate
        try await eventually { try await reader.get("/resumes/\(resume.id)").data["status"] == "parsed" }
        let application = try await candidate.post("/jobs/\(job.id)/apply", ["resumeId": .string(resume.id)]).expect(201)
        let interview = try await company.admin.post(
            "/applications/\(application.id)/interviews",
            ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30, "interviewers": [.string(company.admin.id)]]
        ).expect(201)
        let offer = try await company.admin.post(
            "/applications/\(application.id)/offers",
            ["baseSalary": ["amount": 1, "currency": "EUR"], "expiresAt": "2099-02-01T00:00:00Z"]
        ).expect(201)
        let note = try await company.admin.post("/applications/\(application.id)/notes", ["text": "Discreet."]).expect(201).id
        ids = [
            "jobs": job.id, "applications": application.id, "interviews": interview.id, "offers": offer.id, "notes": note,
            "resumes": resume.id,
        ]
        try await company.admin.patch("/jobs/\(job.id)", ["isConfidential": true]).expect(200)
    }

    private func isSilent(_ answer: Answer, _ door: String) {
        let text = answer.json.text
        for secret in Array(ids.values) + [Self.title] { #expect(!text.contains(secret), "\(door) tells: \(text)") }
    }

    @Test func `no operation tells a member outside of the team of it`() async throws {
        var asked = 0
        for operation in company.tenant.server.composition.operations where operation.admits(Callers.holding(.companyAdmin)) {
            let kind = operation.path.split(separator: "/").prefix { $0.first != "{" }.joined(separator: "/")
            if operation.path.contains("{"), let id = ids[kind] {
                let answer = try await outsider.call(operation, ids: ["id": id, "userId": outsider.id])
                #expect(answer.status == 404, "\(operation.name): \(answer.json.text)")
                isSilent(answer, operation.name)
                asked += 1
            } else if operation.method == .get {
                let own = ["id": company.id, "userId": outsider.id, "kind": "applied", "language": "en"]
                isSilent(try await outsider.call(operation, ids: own), operation.name)
                asked += 1
            }
        }
        #expect(asked > 40)
        let lists = [
            "/jobs?status=published", "/jobs?companyId=\(company.id)", "/jobs?q=successor", "/jobs?createdBy=\(insider.id)",
            "/applications?candidateId=\(candidate.id)", "/applications?companyId=\(company.id)", "/applications?sort=waiting",
            "/applications?jobId=\(job.id)", "/interviews?applicationId=\(application)", "/interviews?lacksScorecards=true",
            "/candidates/search", "/candidates/\(candidate.id)",
        ]
        for path in lists {
            let answer = try await outsider.get(path)
            isSilent(answer, path)
            #expect(answer.status == 200 && (answer.items.isEmpty || path.hasPrefix("/candidates")), "\(path): \(answer.json.text)")
        }
        let bulk: JSON = ["ids": [.string(application)], "status": "screening"]
        for path in ["/applications/bulk-status", "/applications/bulk-status/preview"] {
            let result = try await outsider.post(path, bulk).expect(200).items.first
            #expect(result?["moved"] == false && result?["error"]?["code"] == "APPLICATION_NOT_FOUND")
        }
    }

    @Test func `its team and the tenant's administrators see all of it`() async throws {
        for person in [insider, try await company.tenant.admin()] {
            #expect(try await person.get("/jobs/\(job.id)").expect(200).data["isConfidential"] == true)
            for list in ["/jobs?status=published", "/jobs/\(job.id)/applications", "/applications", "/interviews"] {
                #expect(try await person.get(list).expect(200).items.count == 1, "\(list)")
            }
            for path in ["jobs/\(job.id)/board", "applications/\(application)", "applications/\(application)/offers"] {
                try await person.get("/\(path)").expect(200)
            }
        }
    }

    @Test func `who joins the team sees it, who leaves no longer does, and opened again it is everybody's`() async throws {
        try await outsider.get("/applications/\(application)").expect(404)
        try await insider.put("/jobs/\(job.id)/team/\(outsider.id)", ["role": "interviewer"]).expect(200)
        try await outsider.get("/applications/\(application)").expect(200)
        #expect(try await outsider.get("/jobs").items.count == 1)
        try await insider.delete("/jobs/\(job.id)/team/\(outsider.id)").expect(204)
        try await outsider.get("/applications/\(application)").expect(404)
        try await insider.patch("/jobs/\(job.id)", ["isConfidential": false]).expect(200)
        try await outsider.get("/applications/\(application)").expect(200)
    }

    @Test func `candidates don't find it, don't apply to it, and see what they sent before`() async throws {
        let other = try await company.tenant.candidate()
        isSilent(try await other.get("/jobs?status=published"), "the list")
        #expect(try await other.get("/jobs/\(job.id)").expect(404).code == "JOB_NOT_FOUND")
        #expect(try await other.post("/jobs/\(job.id)/apply").expect(404).code == "JOB_NOT_FOUND")
        let seen = try await candidate.get("/jobs/\(job.id)").expect(200)
        #expect(seen.data["isConfidential"] == false)
        #expect(try await candidate.get("/applications").expect(200).items.count == 1)
    }

    @Test func `messages about it reach its team alone`() async throws {
        let about: JSON = ["kind": "application", "id": .string(application)]
        let all = try await insider.post("/notifications", ["role": "companyAdmin", "text": "Look.", "subject": about]).expect(201)
        #expect(all.data["notified"] == 1)
        let one: JSON = ["user": .string(outsider.id), "text": "Look.", "subject": about]
        try await insider.post("/notifications", one).expect(400)
        try await outsider.post("/notifications", ["user": .string(insider.id), "text": "Hm?", "subject": about]).expect(400)
        try await insider.post("/notifications", ["role": "tenantAdmin", "text": "Hello.", "subject": about]).expect(201)
        try await candidate.post("/applications/\(application)/withdraw").expect(200)
        try await eventually { try await insider.get("/notifications").items.contains { $0["kind"] == "reply" } }
        isSilent(try await outsider.get("/notifications"), "the notifications")
    }

    @Test func `interviewers are of its team`() async throws {
        let interview: JSON = [
            "kind": "video", "startsAt": "2099-03-05T09:00:00Z", "durationMinutes": 30, "interviewers": [.string(outsider.id)],
        ]
        let path = "/applications/\(application)/interviews"
        let refused = try await insider.post(path, interview).expect(400)
        #expect(refused.json["error"]?["details"]?["interviewers"] != nil)
        try await insider.put("/jobs/\(job.id)/team/\(outsider.id)", ["role": "interviewer"]).expect(200)
        try await insider.post(path, interview).expect(201)
    }

    @Test func `a job is confidential from its first moment if it is created so`() async throws {
        let secret = try await company.job(["title": "Second secret", "isConfidential": true])
        try await outsider.get("/jobs/\(secret.id)").expect(404)
        try await insider.get("/jobs/\(secret.id)").expect(200)
    }
}
