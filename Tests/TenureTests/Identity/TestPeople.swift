import Crypto
import Foundation
import Identity
import Kernel
import Postgres
import Testing
import Wire

@testable import tenure

extension TestTenant {
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

    /// Somebody whose address is not confirmed.
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

extension Person {
    /// The same candidate, who wants to be found by all companies.
    func inPool() async throws -> Person {
        try await patch("/candidates/me", ["visibility": "pool"]).expect(200)
        return self
    }

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

    private static let root = Task { try await systemAdmin(of: TestServer.running) }

    static func systemAdmin() async throws -> Person { try await root.value }

    static func systemAdmin(of server: TestServer) async throws -> Person {
        let visitor = Person(server: server, tenant: "system")
        let body: JSON = ["email": "root@example.com", "password": .string(TestServer.password)]
        let answer = try await visitor.post("/auth/login", body).expect(200)
        var root = visitor
        root.token = answer.data["accessToken"]?.string
        root.id = answer.data["user"]?["id"]?.string ?? ""
        return root
    }

    /// The access token's claims.
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
