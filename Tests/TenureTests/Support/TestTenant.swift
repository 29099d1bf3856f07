import Foundation
import Identity
import Kernel
import Postgres
import Testing

@testable import tenure

/// A tenant of one test's own, with builders that say what a test needs.
struct TestTenant: Sendable {
    let server: TestServer
    let code: String
    let id: Identifier<Tenant>

    init() async throws {
        server = try await TestServer.running
        code = "t" + String(UUID().uuidString.lowercased().filter(\.isHexDigit).prefix(14))
        let root = try await Person.systemAdmin()
        let made = try await root.post("/admin/tenants", ["code": .string(code), "name": "Test", "plan": "enterprise", "adminEmail": "invited@example.com"])
        made.expect(201)
        id = try #require(Identifier(made.id))
    }

    func visitor() -> Person { Person(server: server, tenant: code) }

    func candidate(_ firstName: String = "Ada") async throws -> Person { try await register("candidate", firstName) }
    func employer(_ firstName: String = "Grace") async throws -> Person { try await register("employer", firstName) }

    func register(_ role: String, _ firstName: String) async throws -> Person {
        let email = "\(UUID().uuidString.lowercased())@example.com"
        let answer = try await visitor().post(
            "/auth/register",
            [
                "email": .string(email), "password": .string(TestServer.password), "firstName": .string(firstName), "lastName": "Tester",
                "role": .string(role), "tenantCode": .string(code),
            ]
        )
        answer.expect(201)
        return Person(
            server: server, tenant: code, token: answer.data["accessToken"]?.string, id: answer.data["user"]?["id"]?.string ?? "", email: email
        )
    }

    /// The tenant's administrator: somebody whose roles were given behind the server's back.
    func admin() async throws -> Person {
        let person = try await employer("Tenant")
        _ = try await server.inspector.query(
            "UPDATE users SET roles = '{employer,tenantAdmin}' WHERE tenant_id = \(id) AND id = \(person.id)::uuid"
        )
        server.composition.identity.standingChanged(try #require(Identifier<User>(person.id)))
        return person
    }

    func company(_ name: String = "Northwind Logistics") async throws -> TestCompany {
        let admin = try await employer()
        let company = try await admin.post("/companies", ["name": .string(name)]).expect(201)
        return TestCompany(tenant: self, id: company.id, admin: admin)
    }
}

/// A company with its administrator.
struct TestCompany: Sendable {
    let tenant: TestTenant
    let id: String
    let admin: Person

    func member(_ role: String) async throws -> Person {
        let person = try await tenant.employer()
        try await admin.post("/companies/\(id)/users", ["email": .string(person.email), "role": .string(role)]).expect(201)
        return person
    }

    func recruiter() async throws -> Person { try await member("recruiter") }

    /// A published job; `fields` override or add to the usual ones.
    func job(_ fields: [String: JSON] = [:], published: Bool = true) async throws -> TestJob {
        var body: [String: JSON] = [
            "companyId": .string(id), "title": "Backend engineer", "description": "Builds the server side in Swift and PostgreSQL.",
            "location": "Hamburg", "requirements": ["requiredSkills": ["Swift", "PostgreSQL"], "preferredSkills": ["Redis"], "minimumYears": 3],
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

    /// An application of somebody new, moved to a stage if one is named.
    func application(at stage: String? = nil) async throws -> (id: String, candidate: Person) {
        let candidate = try await company.tenant.candidate()
        let application = try await candidate.post("/jobs/\(id)/apply").expect(201)
        if let stage { try await company.admin.patch("/applications/\(application.id)/status", ["status": .string(stage)]).expect(200) }
        return (application.id, candidate)
    }
}

extension Person {
    private static let root = Task {
        let server = try await TestServer.running
        let visitor = Person(server: server, tenant: "system")
        let answer = try await visitor.post(
            "/auth/login", ["email": "root@example.com", "password": .string(TestServer.password), "tenantCode": "system"]
        )
        answer.expect(200)
        return Person(
            server: server, tenant: "system", token: answer.data["accessToken"]?.string, id: answer.data["user"]?["id"]?.string ?? "",
            email: "root@example.com"
        )
    }

    static func systemAdmin() async throws -> Person { try await root.value }
}

/// Polls until the condition holds; a limit, not a sleep, ends the wait.
func eventually(
    within limit: Duration = .seconds(15), sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("It did not happen within \(limit).", sourceLocation: sourceLocation)
}
