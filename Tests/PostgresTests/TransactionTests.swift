import Foundation
import Synchronization
import Testing

@testable import Postgres

private struct Refusal: Error, Equatable {}

private final class Counter: Sendable {
    private let count = Atomic(0)
    var value: Int { count.load(ordering: .relaxed) }

    func increment() {
        count.add(1, ordering: .relaxed)
    }
}

/// `pthread_self` is unavailable in asynchronous functions, whose thread may change; this tests that it doesn't.
private func currentThread() -> UInt {
    UInt(pthread_self())
}

struct TransactionTests {
    @Test func `what the body does is committed together`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int") { table in
                let seen = try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO \(table) (id) VALUES (1)")
                    try await transaction.pipeline(["INSERT INTO \(table) (id) VALUES (2)", "INSERT INTO \(table) (id) VALUES (3)"])
                    return try await transaction.query("SELECT id FROM \(table)").count
                }
                #expect(seen == 3)
                #expect(try await pool.query("SELECT id FROM \(table)").count == 3)
            }
        }
    }

    @Test func `the body's own error rolls back and is rethrown unchanged`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int") { table in
                await #expect(throws: Refusal()) {
                    try await pool.transaction { transaction in
                        try await transaction.execute("INSERT INTO \(table) (id) VALUES (1)")
                        throw Refusal()
                    }
                }
                let rows = try await pool.query("SELECT id FROM \(table)")
                #expect(rows.isEmpty)
            }
        }
    }

    @Test func `queued statements are sent with the next statement or with COMMIT, in order`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int") { table in
                let seen: [Int] = try await pool.transaction { transaction in
                    transaction.queue("INSERT INTO \(table) (id) VALUES (1)")
                    transaction.queue("UPDATE \(table) SET id = id + 1")
                    let seen: [Int] = try await transaction.query("SELECT id FROM \(table)").map { try $0("id") }
                    transaction.queue("UPDATE \(table) SET id = id * 10")
                    return seen
                }
                #expect(seen == [2])
                let kept: [Int] = try await pool.query("SELECT id FROM \(table)").map { try $0("id") }
                #expect(kept == [20])
                try await pool.transaction { $0.queue("DELETE FROM \(table)") }
                let left = try await pool.query("SELECT id FROM \(table)")
                #expect(left.isEmpty)
            }
        }
    }

    @Test func `an error in a queued statement is thrown where it is sent, and nothing is written`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int PRIMARY KEY") { table in
                let insert: SQL = "INSERT INTO \(table) (id) VALUES (1)"
                let endings: [@Sendable (Transaction) async throws -> Void] = [
                    { _ in }, { try await $0.flush() }, { _ = try await $0.query("SELECT 1") }, { _ = try await $0.last(["SELECT 1"]) },
                ]
                for ending in endings {
                    let error = try await failure {
                        try await pool.transaction { transaction in
                            for _ in 0..<2 { transaction.queue(insert) }
                            try await ending(transaction)
                        }
                    }
                    #expect(error.sqlState == "23505")
                    let left = try await pool.query("SELECT id FROM \(table)")
                    #expect(left.isEmpty)
                }
            }
        }
    }

    @Test func `what is queued after the last statement is refused`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int") { table in
                let error = try await failure {
                    try await pool.transaction { transaction in
                        try await transaction.last(["SELECT 1"])
                        transaction.queue("INSERT INTO \(table) (id) VALUES (1)")
                    }
                }
                #expect(error.kind == .other)
                let left = try await pool.query("SELECT id FROM \(table)")
                #expect(left.isEmpty)
            }
        }
    }

    @Test func `what is queued in a body that throws is never sent`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int") { table in
                await #expect(throws: Refusal()) {
                    try await pool.transaction { transaction in
                        transaction.queue("INSERT INTO \(table) (id) VALUES (1)")
                        throw Refusal()
                    }
                }
                let left = try await pool.query("SELECT id FROM \(table)")
                #expect(left.isEmpty)
            }
        }
    }

    @Test func `row-level security sees the tenant of the preamble and of no other transaction`() async throws {
        try await TestDatabase.withDatabase { url in
            let role = TestDatabase.unique("app")
            try await TestDatabase.execute(
                """
                CREATE TABLE jobs (tenant_id text, title text);
                ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
                ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
                CREATE POLICY jobs_tenant ON jobs USING (tenant_id = NULLIF(current_setting('tenure.tenant_id', true), ''));
                INSERT INTO jobs VALUES ('a', 'Baker'), ('b', 'Cook');
                CREATE ROLE \(role) LOGIN;
                GRANT SELECT ON jobs TO \(role);
                """,
                url: url
            )
            var components = try #require(URLComponents(string: url))
            components.queryItems = (components.queryItems ?? []).filter { $0.name != "user" } + [URLQueryItem(name: "user", value: role)]
            let restricted = try #require(components.string)
            try await TestDatabase.withPool(size: 1, url: restricted) { pool in
                for (tenant, title) in [("a", "Baker"), ("b", "Cook")] {
                    let titles: [String] = try await pool.transaction(preamble: ["SELECT set_config('tenure.tenant_id', \(tenant), true)"])
                    {
                        try await $0.query("SELECT title FROM jobs").map { try $0("title") }
                    }
                    #expect(titles == [title])
                }
                #expect(try await pool.query("SELECT title FROM jobs").isEmpty)
                let error = try await failure { try await pool.query("DELETE FROM jobs") }
                #expect(error.kind == .insufficientPrivilege)
            }
            try await TestDatabase.execute("DROP OWNED BY \(role); DROP ROLE \(role)", url: url)
        }
    }

    @Test func `a serialization failure runs the body again`() async throws {
        try await TestDatabase.withPool(size: 4) { pool in
            try await ScratchTable.with("id int, seats int") { table in
                _ = try await pool.query("INSERT INTO \(table) VALUES (1, 0)")
                let runs = Counter()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            try await pool.transaction(.serializable, attempts: 50) { transaction in
                                let seats: Int = try await transaction.query("SELECT seats FROM \(table)")[0]("seats")
                                runs.increment()
                                // The first time round, both have read before either writes.
                                if runs.value <= 2 {
                                    try await TestDatabase.eventually("both bodies have read") { runs.value >= 2 }
                                }
                                try await transaction.execute("UPDATE \(table) SET seats = \(seats + 1)::int")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await pool.query("SELECT seats FROM \(table)")[0]("seats") == 2)
                #expect(runs.value >= 3)
            }
        }
    }

    @Test func `a serialization failure that the body wraps is retried too, as often as allowed`() async throws {
        try await TestDatabase.withPool { pool in
            let runs = Counter()
            await #expect(throws: Refusal()) {
                try await pool.transaction(attempts: 3) { transaction in
                    runs.increment()
                    do {
                        _ = try await transaction.query("SELECT 1")
                        _ = try await transaction.query("DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$")
                    } catch {
                        throw Refusal()
                    }
                }
            }
            #expect(runs.value == 3)
        }
    }

    @Test func `a body that swallows a failure is told that nothing was committed`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int") { table in
                let error = try await failure {
                    try await pool.transaction { transaction in
                        try await transaction.execute("INSERT INTO \(table) (id) VALUES (1)")
                        _ = try? await transaction.query("SELECT 1 / 0")
                    }
                }
                #expect(error.sqlState == "22012")
                let rows = try await pool.query("SELECT id FROM \(table)")
                #expect(rows.isEmpty)
            }
        }
    }

    @Test func `the last statements are committed with their COMMIT and nothing may follow`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int") { table in
                let error = try await failure {
                    try await pool.transaction { transaction in
                        let rows = try await transaction.last(["INSERT INTO \(table) (id) VALUES (1) RETURNING id", "SELECT 2"])
                        #expect(rows.count == 2)
                        #expect(try rows[0][0]("id") == 1)
                        _ = try await transaction.query("SELECT 1")
                    }
                }
                #expect(error.message == "the transaction is over")
                #expect(try await pool.query("SELECT id FROM \(table)").count == 1)
            }
        }
    }

    @Test func `a deferred constraint that fails at COMMIT is an error of the transaction`() async throws {
        try await TestDatabase.withPool { pool in
            try await ScratchTable.with("id int CONSTRAINT jobs_once UNIQUE DEFERRABLE INITIALLY DEFERRED") { table in
                let error = try await failure {
                    try await pool.transaction { transaction in
                        try await transaction.execute("INSERT INTO \(table) (id) VALUES (1), (1)")
                    }
                }
                #expect(error.constraint == "jobs_once")
                let rows = try await pool.query("SELECT id FROM \(table)")
                #expect(rows.isEmpty)
            }
        }
    }

    @Test func `the body stays on one thread, so that its statements cost no hops`() async throws {
        try await TestDatabase.withPool { pool in
            let isSteady = try await pool.transaction { transaction in
                let thread = currentThread()
                for _ in 0..<20 {
                    _ = try await transaction.query("SELECT 1")
                    guard currentThread() == thread else { return false }
                }
                return true
            }
            #expect(isSteady)
        }
    }

    @Test func `a transaction that escapes its body is dead`() async throws {
        try await TestDatabase.withPool { pool in
            let escaped = try await pool.transaction { $0 }
            let error = try await failure { try await escaped.query("SELECT 1") }
            #expect(error.message == "the transaction is over")
        }
    }

    @Test func `statements run in parallel inside one body do not get between BEGIN and the preamble`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let tenants = try await pool.transaction(preamble: ["SELECT set_config('tenure.tenant_id', 't1', true)"]) { transaction in
                try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<8 {
                        group.addTask { try await transaction.query("SELECT current_setting('tenure.tenant_id') AS tenant")[0]("tenant") }
                    }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
            }
            #expect(tenants == ["t1"])
        }
    }

    @Test func `a session whose isolation is asked for has it`() async throws {
        try await TestDatabase.withPool { pool in
            for isolation in [Isolation.readCommitted, .repeatableRead, .serializable] {
                let level: String = try await pool.transaction(isolation) {
                    try await $0.query("SELECT current_setting('transaction_isolation')")[0](0)
                }
                #expect(level == isolation.rawValue.lowercased())
            }
        }
    }
}
