import Foundation
import Identity
import Kernel
import Postgres
import Testing

@testable import tenure

/// Idempotency-Key: the first answer again, and the effect once.
@Suite struct IdempotencyTests {
    private static func key(_ text: String = UUID().uuidString) -> [String: String] { ["Idempotency-Key": text] }

    @Test func `sixty-four at once have one effect and one answer`() async throws {
        let company = try await TestTenant().company()
        let (application, _) = try await company.job().application()
        let key = Self.key()
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<64 {
                group.addTask { try await company.admin.post("/applications/\(application)/notes", ["text": "Call."], headers: key) }
            }
            return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(Set(answers.map(\.status)) == [201])
        #expect(Set(answers.map(\.id)).count == 1)
        #expect(answers.count { $0.headers["idempotent-replayed"] == "true" } == 63)
        #expect(try await company.admin.get("/applications/\(application)/notes").items.count == 1)
    }

    @Test func `the same key for another body, path or method is refused`() async throws {
        let company = try await TestTenant().company()
        let (application, _) = try await company.job().application()
        let key = Self.key()
        try await company.admin.post("/applications/\(application)/notes", ["text": "Call."], headers: key).expect(201)
        for (path, body) in [
            ("notes", ["text": "Mail."] as JSON), ("tags", ["tag": "Call."]), ("notes", ["text": "Call.", "kind": "general"]),
        ] {
            let refused = try await company.admin.post("/applications/\(application)/\(path)", body, headers: key).expect(409)
            #expect(refused.code == "IDEMPOTENCY_KEY_REUSED")
        }
        #expect(try await company.admin.get("/applications/\(application)/notes").items.count == 1)
    }

    @Test func `a key belongs to its user`() async throws {
        let company = try await TestTenant().company()
        let recruiter = try await company.recruiter()
        let (application, _) = try await company.job().application()
        let key = Self.key("1")
        let first = try await company.admin.post("/applications/\(application)/notes", ["text": "Call."], headers: key).expect(201)
        let second = try await recruiter.post("/applications/\(application)/notes", ["text": "Call."], headers: key).expect(201)
        #expect(first.id != second.id)
        #expect(second.headers["idempotent-replayed"] == nil)
    }

    @Test func `a refusal is not stored`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application()
        let key = Self.key()
        #expect(try await company.admin.patch("/applications/\(application)/status", ["status": "hired"], headers: key).status == 409)
        try await company.admin.patch("/applications/\(application)/status", ["status": "offer"], headers: key).expect(200)
        let again = try await company.admin.patch("/applications/\(application)/status", ["status": "offer"], headers: key).expect(200)
        #expect(again.headers["idempotent-replayed"] == "true")
        #expect(again.headers["etag"] != nil)
        #expect(try await candidate.get("/applications/\(application)").status == 200)
    }

    @Test func `a lost answer to an application is sent again, and there is one application`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let candidate = try await company.tenant.candidate()
        let key = Self.key()
        let first = try await candidate.post("/jobs/\(job.id)/apply", headers: key).expect(201)
        let second = try await candidate.post("/jobs/\(job.id)/apply", headers: key).expect(201)
        #expect(first.id == second.id)
        #expect(try await candidate.post("/jobs/\(job.id)/apply").code == "ALREADY_APPLIED")
    }

    private static let changed = "IDEMPOTENCY_STANDING_CHANGED"

    @Test func `a stored answer isn't shown to whoever may not see it any more`() async throws {
        let company = try await TestTenant().company()
        let second = try await company.tenant.company("Southwind")
        let recruiter = try await company.recruiter()
        try await second.admin.post("/companies/\(second.id)/users", ["email": .string(recruiter.email), "role": "hiringManager"]).expect(
            201
        )
        let job = try await company.job()
        let (application, _) = try await job.application()
        let doors: [(String, String, JSON)] = [
            ("POST", "/applications/\(application)/notes", ["text": "Call."]), ("POST", "/applications/\(application)/tags", ["tag": "A"]),
            ("PATCH", "/jobs/\(job.id)", ["department": "Engineering"]),
            ("PATCH", "/applications/\(application)/status", ["status": "screening"]),
            ("POST", "/jobs", ["companyId": .string(company.id), "title": "Baker", "description": "Bakes."]),
            ("POST", "/applications/bulk-status", ["ids": [.string(application)], "status": "interview"]),
        ]
        func call(_ number: Int) async throws -> Answer {
            let (method, path, body) = doors[number]
            let key = Self.key("door \(number)")
            return try await method == "POST" ? recruiter.post(path, body, headers: key) : recruiter.patch(path, body, headers: key)
        }
        for number in doors.indices {
            let first = try await call(number)
            #expect((200...201).contains(first.status), "\(doors[number])")
            #expect(try await call(number).headers["idempotent-replayed"] == "true")
        }
        // Still a member of another company, and so still admitted to most of these.
        try await company.admin.patch("/companies/\(company.id)/users/\(recruiter.id)", ["status": "deactivated"]).expect(200)
        for number in doors.indices {
            let again = try await call(number)
            #expect([403, 404, 409].contains(again.status) && again.data.isNull, "\(doors[number]): \(again.json.text)")
            if again.status == 409 { #expect(again.code == Self.changed) }
        }
        #expect(try await company.admin.get("/applications/\(application)/notes").items.count == 1)
    }

    @Test func `a lost role, a lower one and a suspended account get no stored answer`() async throws {
        let company = try await TestTenant().company()
        let admin = try await company.tenant.admin()
        let (manager, recruiter) = (try await company.recruiter(), try await company.recruiter())
        let (application, candidate) = try await company.job().application()
        let key = Self.key("once")
        let note: JSON = ["text": "Call."]
        for member in [manager, recruiter] { try await member.post("/applications/\(application)/notes", note, headers: key).expect(201) }
        try await company.admin.patch("/companies/\(company.id)/users/\(manager.id)", ["role": "hiringManager"]).expect(200)
        #expect(try await manager.post("/applications/\(application)/notes", note, headers: key).expect(409).code == Self.changed)
        try await admin.patch("/admin/users/\(recruiter.id)", ["status": "deactivated"]).expect(200)
        try await recruiter.post("/applications/\(application)/notes", note, headers: key).expect(401)
        try await candidate.post("/applications/\(application)/withdraw", headers: key).expect(200)
        try await admin.patch("/admin/users/\(candidate.id)", ["roles": ["employer"]]).expect(200)
        try await candidate.post("/applications/\(application)/withdraw", headers: key).expect(403)
    }

    @Test func `a stored answer doesn't show what no longer exists`() async throws {
        let company = try await TestTenant().company()
        let recruiter = try await company.recruiter()
        let job = try await company.job()
        let (application, _) = try await job.application()
        let key = Self.key("once")
        try await recruiter.post("/applications/\(application)/tags", ["tag": "A"], headers: key).expect(200)
        // The same standing, but it belongs to another company now.
        let second = try await company.tenant.company("Southwind")
        let tenant = company.tenant
        try await tenant.execute(
            "UPDATE applications SET company_id = \(second.id)::uuid WHERE tenant_id = \(tenant.id) AND id = \(application)::uuid"
        )
        let again = try await recruiter.post("/applications/\(application)/tags", ["tag": "A"], headers: key).expect(404)
        #expect(again.data.isNull)
    }

    @Test func `a program's stored answers belong to it, and end with its scopes`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let (first, second) = (try await admin.key([.writeJobs, .readRules]), try await admin.key([.readJobs, .writeJobs]))
        let body: JSON = ["name": "P", "stages": [["name": "A", "category": "applied"]]]
        let key = Self.key("once")
        let made = try await first.post("/pipelines", body, headers: key).expect(201)
        #expect(try await first.post("/pipelines", body, headers: key).id == made.id)
        #expect(try await second.post("/pipelines", body, headers: key).expect(409).code == "PIPELINE_NAME_TAKEN")
        #expect(try await admin.post("/pipelines", body, headers: key).expect(409).code == "PIPELINE_NAME_TAKEN")
        try await tenant.execute(
            "UPDATE api_keys SET scopes = '{jobs:write}' WHERE tenant_id = \(tenant.id) AND 'rules:read' = ANY(scopes)"
        )
        tenant.server.composition.identity.standingChanged(try #require(Identifier<User>(admin.id)))
        #expect(try await first.post("/pipelines", body, headers: key).expect(409).code == Self.changed)
    }

    @Test(arguments: [256, 5000])
    func `a key that is too long is refused`(length: Int) async throws {
        let company = try await TestTenant().company()
        let key = Self.key(String(repeating: "k", count: length))
        let refused = try await company.admin.post("/pipelines", ["name": "P", "stages": []], headers: key).expect(400)
        #expect(refused.details["idempotencyKey"] != nil)
        let longest = Self.key(String(repeating: "k", count: 255))
        let body: JSON = ["name": "P", "stages": [["name": "A", "category": "applied"]]]
        try await company.admin.post("/pipelines", body, headers: longest).expect(201)
    }

    @Test func `sign-in answers are never kept`() async throws {
        let tenant = try await TestTenant()
        let candidate = try await tenant.candidate()
        let body: JSON = ["email": .string(candidate.email), "password": .string(TestServer.password)]
        let first = try await tenant.visitor().post("/auth/login", body, headers: Self.key("1")).expect(200)
        let second = try await tenant.visitor().post("/auth/login", body, headers: Self.key("1")).expect(200)
        #expect(first.data["refreshToken"] != second.data["refreshToken"])
        #expect(try await tenant.count("SELECT count(*) FROM idempotency_keys WHERE tenant_id = \(tenant.id)") == 0)
    }

    @Test func `a document sent again under its key is kept once, and no connection waits while it is read`() async throws {
        let tenant = try await TestTenant()
        let candidate = try await tenant.candidate()
        for path in ["/resumes/upload", "/candidates/me/resumes"] {
            let key = Self.key()
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await candidate.upload(path, file: Fixture.pdf, name: "cv.pdf", headers: key) }
                }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 201 || $0.code == "IDEMPOTENCY_KEY_IN_USE" })
            let kept = try #require(answers.first { $0.status == 201 })
            let again = try await candidate.upload(path, file: Fixture.pdf, name: "cv.pdf", headers: key).expect(201)
            #expect(again.headers["idempotent-replayed"] == "true")
            #expect(again.id == kept.id)
        }
        #expect(try await candidate.get("/resumes").items.count == 2)
    }
}
