import Foundation
import Kernel
import Postgres
import Testing

/// People and their things on a machine of its own, all in the tenant `default`.
extension Machine {
    nonisolated func visitor() -> Guest { Guest(url: url) }

    nonisolated func register(_ role: String, lastName: String = "Tester") async throws -> Guest {
        let email = "\(UUID().uuidString.lowercased())@example.com"
        let answer = try await visitor().post(
            "/api/v1/auth/register",
            [
                "email": .string(email), "password": .string(TestServer.password), "firstName": "Ada",
                "lastName": .string(lastName), "role": .string(role),
            ]
        )
        answer.expect(201)
        return Guest(
            url: url,
            token: answer.data["accessToken"]?.string,
            id: answer.data["user"]?["id"]?.string ?? "",
            email: email
        )
    }

    /// How many mails were sent, not counting those that ask a new account to confirm its address or tell of an application's receipt.
    nonisolated func letters() throws -> Int {
        let inbox = "\(folder)/data/mail/new"
        return try FileManager.default.contentsOfDirectory(atPath: inbox).count { name in
            let mail = try String(contentsOfFile: "\(inbox)/\(name)", encoding: .utf8)
            return !mail.contains("Subject: Confirm") && !mail.contains("Subject: Your application")
        }
    }

    /// Several candidates at once: each registration takes time for the password.
    nonisolated func candidates(_ count: Int) async throws -> [Guest] {
        try await atOnce(8, of: Array(0..<count)) { _ in try await self.register("candidate") }
    }

    /// A published job and its recruiter.
    func job() async throws -> (id: String, recruiter: Guest) {
        let recruiter = try await register("employer")
        _ = try await inspector.query("UPDATE users SET email_verified_at = now() WHERE id = \(recruiter.id)::uuid")
        _ = try await inspector.query("UPDATE tenants SET settings = '{\"employerSignUp\": \"open\"}' WHERE code = 'default'")
        let company = try await recruiter.post("/api/v1/companies", ["name": "Northwind Logistics"]).expect(201)
        let fields: JSON = ["companyId": .string(company.id), "title": "Backend engineer", "description": "Builds the server side."]
        let job = try await recruiter.post("/api/v1/jobs", fields).expect(201)
        try await recruiter.post("/api/v1/jobs/\(job.id)/publish").expect(200)
        return (job.id, recruiter)
    }

    /// Saves waiting as long as a lease.
    func lapseLeases() async throws {
        _ = try await inspector.query("UPDATE work SET leased_until = now() - interval '1 s' WHERE state = 'leased'")
    }

    /// Waits until there is no work left, such as the mail that asks a new account to confirm its address.
    func idle() async throws {
        try await eventually { try await self.count("SELECT count(*) AS count FROM work") == 0 }
    }

    func count(_ query: SQL) async throws -> Int {
        let row = try #require(try await inspector.query(query).first)
        return try row("count")
    }
}

/// A gate that a test closes in front of writes to one table: writers wait in the middle of their transaction.
extension Machine {
    /// `condition` says of `OLD` and `NEW` which rows stop there.
    func closeGate(beforeEach change: SQL, on table: String, when condition: SQL = "true") async throws {
        _ = try await inspector.query(
            """
            CREATE OR REPLACE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(42);
                RETURN COALESCE(NEW, OLD);
            END
            $$
            """
        )
        _ = try await inspector.query(
            """
            CREATE TRIGGER gate BEFORE \(fragment: change) ON \(identifier: table)
            FOR EACH ROW WHEN (\(fragment: condition)) EXECUTE FUNCTION wait_at_gate()
            """
        )
        _ = try await inspector.query("SELECT pg_advisory_lock(42)")
    }

    func openGate() async throws {
        _ = try await inspector.query("SELECT pg_advisory_unlock_all()")
    }

    func waiting(atGate count: Int) async throws {
        try await eventually {
            try await self.count("SELECT count(*) AS count FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted")
                == count
        }
    }
}

/// Does something with each element, several at a time. The results are in no particular order.
func atOnce<Element: Sendable, Output: Sendable>(
    _ hands: Int,
    of elements: [Element],
    _ body: @escaping @Sendable (Element) async throws -> Output
) async throws -> [Output] {
    try await withThrowingTaskGroup(of: Output.self) { group in
        var rest = elements[...]
        for element in rest.prefix(hands) { group.addTask { try await body(element) } }
        rest = rest.dropFirst(hands)
        var outputs: [Output] = []
        while let output = try await group.next() {
            outputs.append(output)
            if let element = rest.popFirst() { group.addTask { try await body(element) } }
        }
        return outputs
    }
}
