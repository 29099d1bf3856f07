import Foundation
import Identity
import Kernel
import Postgres
import Testing

@testable import tenure

/// A test's own tenant, with builders for what tests need.
struct TestTenant: Sendable {
    let server: TestServer
    let code: String
    let id: Identifier<Tenant>

    /// Employers who sign up are approved at once, unless a test is about waiting.
    init(on server: TestServer? = nil, employerSignUp: EmployerSignUp = .open) async throws {
        if let server { self.server = server } else { self.server = try await TestServer.running }
        code = "t" + String(UUID().uuidString.lowercased().filter(\.isHexDigit).prefix(14))
        let root = if let server { try await Person.systemAdmin(of: server) } else { try await Person.systemAdmin() }
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
}

/// Behind the server's back.
extension TestTenant {
    func execute(_ statement: SQL) async throws { _ = try await server.inspector.query(statement) }

    func count(_ statement: SQL) async throws -> Int { try await server.inspector.query(statement)[0](0) }

    /// How PostgreSQL goes about a statement in the server's own role, where it would rather read a whole small table.
    func plan(_ statement: SQL, without settings: StaticString...) async throws -> String {
        try await server.composition.store.transaction(as: SystemActor(tenant: id)) { tx in
            for setting in settings { tx.queue("SET LOCAL \(raw: setting) = off") }
            return try await tx.query("EXPLAIN " + statement).map { try $0("QUERY PLAN") as String }.joined(separator: "\n")
        }
    }

    /// Waits until this many statements matching the LIKE pattern wait for a lock.
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

    /// Waits for the newest mail to an address, which the worker sends. The one that asks a new account to confirm may come at any time and
    /// is skipped.
    func mail(to address: String) async throws -> String {
        var found: String?
        try await eventually {
            found = try await server.letterbox.mails(to: address, of: id).last { !$0.contains("Subject: Confirm your e-mail address") }
            return found != nil
        }
        return try #require(found)
    }
}

/// Polls until the condition holds; a limit, not a sleep, ends the wait.
func eventually(
    within limit: Duration = .seconds(120),
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
