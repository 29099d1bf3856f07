import Crypto
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

    /// Employers who sign themselves up are in at once, unless a test is about those who wait.
    init(employerSignUp: EmployerSignUp = .open) async throws {
        server = try await TestServer.running
        code = "t" + String(UUID().uuidString.lowercased().filter(\.isHexDigit).prefix(14))
        let root = try await Person.systemAdmin()
        let made = try await root.post(
            "/admin/tenants",
            ["code": .string(code), "name": "Test", "plan": "enterprise", "adminEmail": "invited@example.com"]
        )
        made.expect(201)
        id = try #require(Identifier(made.id))
        let settings = JSON.object([EmployerSignUp.setting: .string(employerSignUp.rawValue)]).text
        try await execute("UPDATE tenants SET settings = \(settings)::jsonb WHERE id = \(id)")
    }

    func visitor() -> Person { Person(server: server, tenant: code) }
    func person(token: String) -> Person { Person(server: server, tenant: code, token: token) }

    func candidate(_ firstName: String = "Ada", email: String? = nil) async throws -> Person {
        try await proven(register("candidate", firstName, email))
    }

    func employer(_ firstName: String = "Grace", email: String? = nil) async throws -> Person {
        try await proven(register("employer", firstName, email))
    }

    /// Somebody whose address was confirmed behind the server's back.
    private func proven(_ person: Person) async throws -> Person {
        try await execute("UPDATE users SET email_verified_at = now() WHERE tenant_id = \(id) AND id = \(person.id)::uuid")
        return person
    }

    /// Somebody whose address is anybody's.
    func register(_ role: String, _ firstName: String = "Ada", _ email: String? = nil) async throws -> Person {
        let email = email ?? "\(UUID().uuidString.lowercased())@example.com"
        let body: JSON = [
            "email": .string(email), "password": .string(TestServer.password), "firstName": .string(firstName), "lastName": "Tester",
            "role": .string(role),
        ]
        return Person(self, try await visitor().post("/auth/register", body).expect(201), email: email)
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

/// Behind the server's back.
extension TestTenant {
    func execute(_ statement: SQL) async throws { _ = try await server.inspector.query(statement) }

    func count(_ statement: SQL) async throws -> Int { try await server.inspector.query(statement)[0](0) }

    /// Waits until so many statements that read like this (as LIKE reads) wait for somebody's lock.
    func blocked(_ statements: Int = 1, like pattern: String) async throws {
        try await eventually {
            try await count(
                """
                SELECT count(*)
                FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE \(pattern)
                """
            ) >= statements
        }
    }

    /// Waits for the newest mail to an address, which the worker sends. The one that asks a new account to confirm comes when it comes and is
    /// passed over.
    func mail(to address: String) async throws -> String {
        var found: String?
        try await eventually {
            found = try await server.letterbox.mails(to: address, of: id).last { !$0.contains("Subject: Confirm your e-mail address") }
            return found != nil
        }
        return try #require(found)
    }

    /// An access token with other claims, signed with the server's own secret.
    func accessToken(changing claims: JSON, _ change: (inout [String: JSON]) -> Void) throws -> String {
        guard case .object(var members) = claims else { throw CancellationError() }
        change(&members)
        let header = Base64URL.encode(Data(#"{"alg":"HS256","typ":"at+jwt"}"#.utf8))
        let unsigned = "\(header).\(Base64URL.encode(Data(JSON.object(members).canonicalBytes)))"
        let key = SymmetricKey(data: Data(TestServer.secret.utf8))
        return "\(unsigned).\(Base64URL.encode(Data(HMAC<SHA256>.authenticationCode(for: Data(unsigned.utf8), using: key))))"
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
        try await accepts(person)
        return person
    }

    /// Whom the company has invited joins it, behind the server's back.
    func accepts(_ person: Person) async throws {
        try await tenant.execute(
            """
            UPDATE company_members
            SET status = 'active'
            WHERE tenant_id = \(tenant.id) AND company_id = \(id)::uuid AND user_id = \(person.id)::uuid AND status = 'invited'
            """
        )
        tenant.server.composition.identity.standingChanged(try #require(Identifier<User>(person.id)))
    }

    func recruiter() async throws -> Person { try await member("recruiter") }

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

    /// An application of somebody new, moved to a stage if one is named.
    func application(at stage: String? = nil) async throws -> (id: String, candidate: Person) {
        let candidate = try await company.tenant.candidate()
        let application = try await candidate.post("/jobs/\(id)/apply").expect(201)
        if let stage { try await company.admin.patch("/applications/\(application.id)/status", ["status": .string(stage)]).expect(200) }
        return (application.id, candidate)
    }
}

extension Person {
    /// Somebody who has just registered or signed in.
    init(_ tenant: TestTenant, _ answer: Answer, email: String) {
        self.init(
            server: tenant.server,
            tenant: tenant.code,
            token: answer.data["accessToken"]?.string,
            refreshToken: answer.data["refreshToken"]?.string,
            id: answer.data["user"]?["id"]?.string ?? "",
            email: email
        )
    }

    private static let root = Task {
        let visitor = Person(server: try await TestServer.running, tenant: "system")
        let body: JSON = ["email": "root@example.com", "password": .string(TestServer.password)]
        let answer = try await visitor.post("/auth/login", body).expect(200)
        var root = visitor
        root.token = answer.data["accessToken"]?.string
        root.id = answer.data["user"]?["id"]?.string ?? ""
        return root
    }

    static func systemAdmin() async throws -> Person { try await root.value }

    /// What the access token says.
    var claims: JSON? {
        token?.split(separator: ".").dropFirst().first.flatMap { Base64URL.decode($0) }.flatMap { try? JSON(parsing: $0) }
    }

    /// A program with a key that this administrator makes.
    func key(_ scopes: [KeyScope]) async throws -> Person {
        let body: JSON = ["name": .string(UUID().uuidString), "scopes": .array(scopes.map { .string($0.rawValue) })]
        var program = self
        program.token = try await post("/enterprise/api-keys", body).expect(201).data["key"]?.string
        return program
    }

    func refresh(_ token: String? = nil) async throws -> Answer {
        let visitor = Person(server: server, tenant: tenant)
        return try await visitor.post("/auth/refresh-token", ["refreshToken": .string(token ?? refreshToken ?? "")])
    }

    /// The same person on another device.
    func signInAgain() async throws -> Person {
        let visitor = Person(server: server, tenant: tenant)
        let answer = try await visitor.post("/auth/login", ["email": .string(email), "password": .string(TestServer.password)]).expect(200)
        var again = self
        again.token = answer.data["accessToken"]?.string
        again.refreshToken = answer.data["refreshToken"]?.string
        return again
    }
}

/// The token of a reset or invitation mail.
func resetToken(in mail: String) -> String? {
    mail.split(whereSeparator: \.isNewline).first { $0.hasPrefix("pr_") }.map(String.init)
}

/// Polls until the condition holds; a limit, not a sleep, ends the wait.
func eventually(
    within limit: Duration = .seconds(15),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("It did not happen within \(limit).", sourceLocation: sourceLocation)
}
