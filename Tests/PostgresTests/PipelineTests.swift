import Foundation
import Testing

@testable import Postgres

struct PipelineTests {
    @Test func `an injection attempt is only data`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("title text") { table in
                let title = "x'); DROP TABLE jobs; --"
                let rows = try await pool.pipeline([
                    "INSERT INTO \(table) (title) VALUES (\(title))", "SELECT title FROM \(table) WHERE title = \(title)",
                ])
                #expect(rows[0].affectedRows == 1)
                #expect(try rows[1][0]("title") == title)
            }
        }
    }

    @Test func `an error undoes every statement of the batch`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int PRIMARY KEY") { table in
                let error = try await failure {
                    try await pool.pipeline([
                        "INSERT INTO \(table) (id) VALUES (1)", "SELECT 1 / \(0)::int", "INSERT INTO \(table) (id) VALUES (2)",
                    ])
                }
                #expect(error.sqlState == "22012")
                let count: Int = try await pool.query("SELECT count(*) FROM \(table)")[0](0)
                #expect(count == 0)
                // A statement whose preparation was skipped must be prepared the next time.
                _ = try await pool.pipeline(["INSERT INTO \(table) (id) VALUES (2)"])
            }
        }
    }

    @Test func `a setting made for one batch is gone in the next`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let read: SQL = "SELECT current_setting('tenure.tenant_id', true) AS tenant"
            let rows = try await pool.pipeline(["SELECT set_config('tenure.tenant_id', \("t1"), true)", read])
            #expect(try rows[1][0]("tenant") == "t1")
            let after: String? = try await pool.query(read)[0]("tenant")
            #expect(after == "")
        }
    }

    @Test func `text with NUL is refused before anything is sent`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("title text") { table in
                let error = try await failure {
                    try await pool.pipeline([
                        "INSERT INTO \(table) (title) VALUES ('first')", "INSERT INTO \(table) (title) VALUES (\("cut\0here"))",
                    ])
                }
                #expect(error.sqlState == "22021")
                #expect(try await pool.query("SELECT title FROM \(table)").isEmpty)
            }
        }
    }

    @Test func `a broken constraint is named`() async throws {
        try await TestDatabase.withPool { pool in
            let columns = """
                id int CONSTRAINT jobs_key PRIMARY KEY, title text CONSTRAINT jobs_title NOT NULL, seats int CONSTRAINT jobs_seats CHECK (seats > 0),
                parent int
                """
            try await ScratchTable.with(columns) { table in
                try await TestDatabase.execute(
                    "ALTER TABLE \(table.text) ADD CONSTRAINT jobs_parent FOREIGN KEY (parent) REFERENCES \(table.text)"
                )
                _ = try await pool.query("INSERT INTO \(table) VALUES (1, 'a', 1, NULL)")
                let unique = try await failure { try await pool.query("INSERT INTO \(table) VALUES (1, 'a', 1, NULL)") }
                #expect(unique.kind == .constraint(.uniqueViolation))
                #expect(unique.isUniqueViolation)
                #expect(unique.constraint == "jobs_key")
                #expect(unique.table.map { "\"\($0)\"" } == table.text)
                let check = try await failure { try await pool.query("INSERT INTO \(table) VALUES (2, 'a', 0, NULL)") }
                #expect(check.kind == .constraint(.checkViolation))
                #expect(check.constraint == "jobs_seats")
                let parent = try await failure { try await pool.query("INSERT INTO \(table) VALUES (2, 'a', 1, 9)") }
                #expect(parent.kind == .constraint(.foreignKeyViolation))
                #expect(parent.constraint == "jobs_parent")
                let null = try await failure { try await pool.query("INSERT INTO \(table) VALUES (2, NULL, 1, NULL)") }
                #expect(null.kind == .constraint(.notNullViolation))
                #expect(null.column == "title")
            }
        }
    }

    @Test func `a prepared statement survives a change of its table`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            try await ScratchTable.with("id int") { table in
                let read: SQL = "TABLE \(table)"
                _ = try await pool.pipeline(["INSERT INTO \(table) (id) VALUES (1)", read])
                try await TestDatabase.execute("ALTER TABLE \(table.text) ADD COLUMN title text DEFAULT 'new'")
                let row = try await pool.query(read)[0]
                #expect(try row("title") == "new")
            }
        }
    }

    @Test func `a deallocated statement is prepared again`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            #expect(try await pool.query("SELECT \(1)::int AS one")[0]("one") == 1)
            _ = try await pool.query("DEALLOCATE ALL")
            #expect(try await pool.query("SELECT \(2)::int AS one")[0]("one") == 2)
        }
    }

    @Test func `the statement cache is bounded on the server too`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            for number in 0..<(StatementCache.capacity + 40) {
                _ = try await pool.query("SELECT 1 AS \(identifier: "c\(number)")")
            }
            let held: Int = try await pool.query("SELECT count(*) FROM pg_prepared_statements")[0](0)
            // What the last batch evicted is deallocated with the next.
            #expect(held <= StatementCache.capacity + 1)
            #expect(held > StatementCache.capacity / 2)
        }
    }

    @Test func `unnamed statements leave nothing behind`() async throws {
        try await TestDatabase.withPool(size: 1, preparedStatements: .unnamed) { pool in
            for number in 0..<3 { #expect(try await pool.query("SELECT \(number)::int AS n")[0]("n") == number) }
            let held: Int = try await pool.query("SELECT count(*) FROM pg_prepared_statements")[0](0)
            #expect(held == 0)
        }
    }

    @Test func `a batch larger than every buffer goes through`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let blob = String(repeating: "0123456789abcdef", count: 65_536)
            let rows = try await pool.pipeline((0..<40).map { "SELECT \(blob) || \(String($0)) AS blob" })
            for (number, result) in rows.enumerated() {
                let text: String = try result[0]("blob")
                #expect(text.utf8.count == blob.utf8.count + String(number).utf8.count)
            }
        }
    }

    @Test func `COPY through the client is an error and not a hang`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let error = try await failure { try await pool.query("COPY (SELECT 1) TO STDOUT") }
            #expect(error.message.contains("COPY"))
            #expect(try await pool.query("SELECT 1 AS one")[0]("one") == 1)
        }
    }

    @Test func `a batch that leaves a transaction open is undone`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let error = try await failure { try await pool.pipeline(["BEGIN", "SELECT set_config('tenure.tenant_id', 't1', true)"]) }
            #expect(error.message == "a batch must not leave a transaction open")
            let tenant: String? = try await pool.query("SELECT current_setting('tenure.tenant_id', true) AS tenant")[0]("tenant")
            #expect(tenant == "")
        }
    }

    @Test func `an empty batch is answered`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let rows = try await pool.pipeline([])
            #expect(rows.isEmpty)
        }
    }
}
