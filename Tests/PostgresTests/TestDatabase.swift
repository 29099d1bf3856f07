import Foundation
import Logging
import Testing

@testable import Postgres

/// The scratch cluster that the tests run against, and what they need from it.
enum TestDatabase {
    static let logger = Logger(label: "postgres-tests") { _ in SwiftLogNoOpLogHandler() }

    static var url: String {
        get throws {
            try #require(ProcessInfo.processInfo.environment["TENURE_TEST_DATABASE_URL"], "TENURE_TEST_DATABASE_URL is not set")
        }
    }

    /// The same cluster, another database or user.
    static func url(database: String, user: String? = nil) throws -> String {
        var components = try #require(URLComponents(string: url))
        components.path = "/" + database
        if let user {
            components.queryItems = (components.queryItems ?? []).filter { $0.name != "user" } + [URLQueryItem(name: "user", value: user)]
        }
        return try #require(components.string)
    }

    static func unique(_ prefix: String) -> String {
        prefix + "_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    }

    static func withPool<Output>(
        size: Int = 2,
        url: String? = nil,
        acquireTimeout: Duration = .seconds(10),
        statementTimeout: Duration = .seconds(15),
        preparedStatements: PreparedStatements = .named,
        longestLine: Int = 256,
        _ body: (ConnectionPool) async throws -> Output
    ) async throws -> Output {
        let configuration = ConnectionPool.Configuration(
            url: try url ?? self.url,
            size: size,
            acquireTimeout: acquireTimeout,
            statementTimeout: statementTimeout,
            preparedStatements: preparedStatements,
            applicationName: unique("tests"),
            longestLine: longestLine
        )
        let pool = ConnectionPool(configuration, logger: logger)
        do {
            let output = try await body(pool)
            await pool.close()
            return output
        } catch {
            await pool.close()
            throw error
        }
    }

    /// A database of its own, dropped afterwards.
    static func withDatabase<Output>(_ body: (String) async throws -> Output) async throws -> Output {
        let name = unique("scratch")
        try await execute("CREATE DATABASE \"\(name)\"")
        do {
            let output = try await body(url(database: name))
            try await execute("DROP DATABASE \"\(name)\" WITH (FORCE)")
            return output
        } catch {
            try await execute("DROP DATABASE \"\(name)\" WITH (FORCE)")
            throw error
        }
    }

    /// Statements that can't run in a transaction, or with names in them.
    static func execute(_ script: String, url: String? = nil) async throws {
        let connection = Connection(
            Session.Settings(url: try url ?? self.url),
            outage: Outage(patience: .zero),
            logger: logger
        )
        try await connection.ready(until: .now + .seconds(10))
        do {
            try await connection.script(script)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    /// Checks again until the condition holds, for up to ten seconds.
    static func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(10)
        while try await !condition() {
            try #require(ContinuousClock.now < limit, what)
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// A table of its own for a test, by its quoted name.
struct ScratchTable {
    let name = TestDatabase.unique("t")
    var sql: SQL { "\(identifier: name)" }

    static func with<Output>(_ columns: String, _ body: (SQL) async throws -> Output) async throws -> Output {
        let table = ScratchTable()
        try await TestDatabase.execute("CREATE TABLE \(table.name) (\(columns))")
        do {
            let output = try await body(table.sql)
            try await TestDatabase.execute("DROP TABLE \(table.name)")
            return output
        } catch {
            try await TestDatabase.execute("DROP TABLE \(table.name)")
            throw error
        }
    }
}

/// The error of a call that must fail with a PostgreSQL error.
func failure<Output>(_ body: () async throws -> Output) async throws -> PostgresError {
    do {
        _ = try await body()
    } catch let error as PostgresError {
        return error
    }
    throw NothingFailed()
}

struct NothingFailed: Error {}
