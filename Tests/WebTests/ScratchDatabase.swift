import Foundation
import Kernel
import Logging
import Testing

@testable import Postgres

/// A database with the tenancy tables, the tests' tenant and a table of deposits, made for one test.
enum ScratchDatabase {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func with(poolSize: Int, _ body: (ConnectionPool) async throws -> Void) async throws {
        let name = "web_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        let admin = try url(database: nil, user: nil)
        try await execute("CREATE DATABASE \(name) OWNER tenure_owner", admin)
        let outcome: Result<Void, any Error>
        do {
            let migrations = #filePath.components(separatedBy: "/Tests/")[0] + "/Migrations"
            let owner = try url(database: name, user: "tenure_owner")
            for file in ["0001_tenancy", "0029_stored_answers", "0036_claimed_keys"] {
                try await execute(String(contentsOfFile: "\(migrations)/\(file).sql", encoding: .utf8), owner)
            }
            try await execute(deposits, owner)
            try await execute("GRANT INSERT ON tenants TO tenure_operator", owner)
            try await execute(tenant, url(database: name, user: "tenure_operator"))
            let pool = ConnectionPool(.init(url: try url(database: name, user: "tenure_app"), size: poolSize), logger: logger)
            do { outcome = .success(try await body(pool)) } catch { outcome = .failure(error) }
            await pool.close()
        } catch {
            outcome = .failure(error)
        }
        try await execute("DROP DATABASE \(name) WITH (FORCE)", admin)
        try outcome.get()
    }

    private static let deposits = """
        CREATE TABLE deposits (
            tenant_id uuid NOT NULL REFERENCES tenants (id),
            id uuid NOT NULL,
            amount integer NOT NULL,
            PRIMARY KEY (tenant_id, id)
        );
        CALL secure_tenant_table('deposits');
        """

    private static let tenant = """
        INSERT INTO tenants (id, code, name, created_at, updated_at) VALUES ('\(ToyAuthenticator.tenant)', 'toy', 'Toy', now(), now())
        """

    private static func url(database: String?, user: String?) throws -> String {
        let url = try #require(ProcessInfo.processInfo.environment["TENURE_TEST_DATABASE_URL"], "TENURE_TEST_DATABASE_URL is not set")
        var components = try #require(URLComponents(string: url))
        if let database { components.path = "/" + database }
        if let user {
            components.queryItems = (components.queryItems ?? []).filter { $0.name != "user" } + [URLQueryItem(name: "user", value: user)]
        }
        return try #require(components.string)
    }

    private static func execute(_ script: String, _ url: String) async throws {
        let connection = Connection(Session.Settings(url: url), outage: Outage(patience: .zero), logger: logger)
        try await connection.ready(until: .now + .seconds(10))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await connection.script(script)) } catch { outcome = .failure(error) }
        await connection.close()
        try outcome.get()
    }
}
