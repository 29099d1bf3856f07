import Foundation
import Kernel
import Postgres
import Testing

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

    @Test func `a key is its user's own`() async throws {
        let company = try await TestTenant().company()
        let recruiter = try await company.recruiter()
        let (application, _) = try await company.job().application()
        let key = Self.key("1")
        let first = try await company.admin.post("/applications/\(application)/notes", ["text": "Call."], headers: key).expect(201)
        let second = try await recruiter.post("/applications/\(application)/notes", ["text": "Call."], headers: key).expect(201)
        #expect(first.id != second.id)
        #expect(second.headers["idempotent-replayed"] == nil)
    }

    @Test func `what was refused is not kept`() async throws {
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

    @Test func `a lost answer to an application is sent again, and the applicant stands once`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let candidate = try await company.tenant.candidate()
        let key = Self.key()
        let first = try await candidate.post("/jobs/\(job.id)/apply", headers: key).expect(201)
        let second = try await candidate.post("/jobs/\(job.id)/apply", headers: key).expect(201)
        #expect(first.id == second.id)
        #expect(try await candidate.post("/jobs/\(job.id)/apply").code == "ALREADY_APPLIED")
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
}
