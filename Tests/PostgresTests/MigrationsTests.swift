import Foundation
import Testing

@testable import Postgres

struct MigrationsTests {
    private func withDirectory<Output>(_ files: [String: String], _ body: (URL) async throws -> Output) async throws -> Output {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(TestDatabase.unique("migrations"))
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: directory) } }
        for (name, text) in files { try write(text, name, directory) }
        return try await body(directory)
    }

    private func write(_ text: String, _ name: String, _ directory: URL) throws {
        try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    private func migrate(_ directory: URL, _ url: String) async throws -> [String] {
        try await Migrations(directory: directory.path).run(url: url, logger: TestDatabase.logger)
    }

    private func refusal(_ directory: URL, _ url: String) async throws -> String {
        do {
            _ = try await migrate(directory, url)
        } catch let error as MigrationError {
            return error.description
        }
        throw NothingFailed()
    }

    private static let first = "CREATE TABLE jobs (id int);\nINSERT INTO jobs VALUES (1); -- ; and a comment"
    private static let second = "-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_id ON jobs (id)"

    @Test func `files are applied once, in order, and reported`() async throws {
        try await TestDatabase.withDatabase { url in
            try await withDirectory(["0001_jobs.sql": Self.first, "0002_index.sql": Self.second]) { directory in
                let migrations = Migrations(directory: directory.path)
                #expect(try await migrations.status(url: url, logger: TestDatabase.logger).map(\.appliedAt) == [nil, nil])
                #expect(try await migrate(directory, url) == ["0001_jobs", "0002_index"])
                #expect(try await migrate(directory, url) == [])
                try write("INSERT INTO jobs VALUES (2)", "0003_more.sql", directory)
                #expect(try await migrate(directory, url) == ["0003_more"])
                let status = try await migrations.status(url: url, logger: TestDatabase.logger)
                #expect(status.map(\.name) == ["0001_jobs", "0002_index", "0003_more"])
                #expect(status.allSatisfy { $0.appliedAt != nil })
                try await TestDatabase.withPool(size: 1, url: url) { pool in
                    let count: Int = try await pool.query("SELECT count(*) AS n FROM jobs")[0]("n")
                    #expect(count == 2)
                }
            }
        }
    }

    @Test func `several processes at once apply each file once`() async throws {
        try await TestDatabase.withDatabase { url in
            try await withDirectory(["0001_jobs.sql": Self.first, "0002_index.sql": Self.second]) { directory in
                let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                    for _ in 0..<4 { group.addTask { try await migrate(directory, url) } }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(applied == ["0001_jobs", "0002_index"])
            }
        }
    }

    @Test func `a file changed after it was applied is refused`() async throws {
        try await TestDatabase.withDatabase { url in
            try await withDirectory(["0001_jobs.sql": Self.first]) { directory in
                _ = try await migrate(directory, url)
                try write(Self.first + " ", "0001_jobs.sql", directory)
                #expect(try await refusal(directory, url) == "0001_jobs was applied and has been changed since")
                try FileManager.default.removeItem(at: directory.appendingPathComponent("0001_jobs.sql"))
                #expect(try await refusal(directory, url) == "0001_jobs was applied and its file is gone")
            }
        }
    }

    @Test func `gaps, duplicates and bad names are refused before anything runs`() async throws {
        let url = try TestDatabase.url
        try await withDirectory(["0001_a.sql": "", "0003_c.sql": ""]) { directory in
            let reason = try await refusal(directory, url)
            #expect(reason == "0003_c is out of order: number 2 was expected")
        }
        try await withDirectory(["0001_a.sql": "", "0001_b.sql": ""]) { directory in
            let reason = try await refusal(directory, url)
            #expect(reason == "0001_b is out of order: number 2 was expected")
        }
        try await withDirectory(["first.sql": ""]) { directory in
            let reason = try await refusal(directory, url)
            #expect(reason == "first.sql is not named like 0001_name.sql")
        }
        #expect(try await refusal(URL(fileURLWithPath: "/nonexistent"), url).hasPrefix("/nonexistent cannot be read"))
    }

    @Test func `a file that fails leaves no trace and can be fixed`() async throws {
        try await TestDatabase.withDatabase { url in
            try await withDirectory(["0001_jobs.sql": "CREATE TABLE jobs (id int); SELECT 1 / 0"]) { directory in
                #expect(try await refusal(directory, url).hasPrefix("0001_jobs failed: other: division by zero"))
                try write("BEGIN; CREATE TABLE jobs (id int); COMMIT", "0001_jobs.sql", directory)
                #expect(try await refusal(directory, url).contains("ends its own transaction"))
            }
        }
    }
}
