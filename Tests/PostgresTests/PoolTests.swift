import Foundation
import Synchronization
import Testing

@testable import Postgres

struct PoolTests {
    private func backend(_ pool: ConnectionPool) async throws -> Int {
        try await pool.query("SELECT pg_backend_pid() AS pid")[0]("pid")
    }

    /// Makes all connections connect and become idle again.
    private func warm(_ pool: ConnectionPool) async throws {
        _ = try await backend(pool)
        try await TestDatabase.eventually("the connection is idle") { pool.statistics.idle == 1 }
    }

    private func isRunning(_ text: String) async throws -> Bool {
        try await TestDatabase.withPool(size: 1) { pool in
            let pattern = "%" + text + "%"
            let rows = try await pool.query(
                "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE \(pattern)"
            )
            return !rows.isEmpty
        }
    }

    @Test func `many tasks share few connections and each gets its own answer`() async throws {
        try await TestDatabase.withPool(size: 3) { pool in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        if number.isMultiple(of: 3) {
                            return try await pool.transaction { try await $0.query("SELECT \(number)::int AS n")[0]("n") }
                        }
                        return try await pool.query("SELECT \(number)::int AS n")[0]("n")
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 499 * 500 / 2)
            #expect(pool.statistics.waiting == 0)
            #expect(pool.statistics.open <= 3)
        }
    }

    @Test func `a request that waits too long for a connection is refused`() async throws {
        try await TestDatabase.withPool(size: 1, acquireTimeout: .seconds(1)) { pool in
            _ = try await backend(pool)
            try await pool.transaction { _ throws in
                async let batch = failure { try await pool.query("SELECT 1") }
                async let transaction = failure { try await pool.transaction { try await $0.query("SELECT 1") } }
                let kinds = try await [batch.kind, transaction.kind]
                #expect(kinds == [.poolTimeout, .poolTimeout])
            }
            #expect(pool.statistics.waiting == 0)
            #expect(try await pool.query("SELECT 1 AS one")[0]("one") == 1)
        }
    }

    @Test func `requests are served in the order of their arrival`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            try await ScratchTable.with("id serial, who int") { table in
                try await warm(pool)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let gate = AsyncStream.makeStream(of: Void.self)
                    group.addTask {
                        try await pool.transaction { _ in for await _ in gate.stream {} }
                    }
                    try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
                    for number in 0..<10 {
                        group.addTask {
                            if number.isMultiple(of: 2) {
                                _ = try await pool.query("INSERT INTO \(table) (who) VALUES (\(number))")
                            } else {
                                try await pool.transaction { _ = try await $0.execute("INSERT INTO \(table) (who) VALUES (\(number))") }
                            }
                        }
                        try await TestDatabase.eventually("request \(number) waits") { pool.statistics.waiting == number + 1 }
                    }
                    gate.continuation.finish()
                    try await group.waitForAll()
                }
                let order: [Int] = try await pool.query("SELECT who FROM \(table) ORDER BY id").map { try $0("who") }
                #expect(order == Array(0..<10))
            }
        }
    }

    @Test(arguments: [true, false])
    func `a canceled task cancels its statement and the connection goes on`(inTransaction: Bool) async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let pid = try await backend(pool)
            let mark = TestDatabase.unique("sleeper")
            let statement: SQL = "SELECT pg_sleep(60) AS \(identifier: mark)"
            let task = Task {
                try await failure {
                    if inTransaction {
                        try await pool.transaction { _ = try await $0.query(statement) }
                    } else {
                        _ = try await pool.query(statement)
                    }
                }
            }
            try await TestDatabase.eventually("the statement runs") { try await isRunning(mark) }
            let start = ContinuousClock.now
            task.cancel()
            let error = try await task.value
            #expect(error.kind == .canceled)
            #expect(error.sqlState == "57014")
            #expect(ContinuousClock.now - start < .seconds(50))
            #expect(try await backend(pool) == pid)
        }
    }

    @Test func `a queued statement is canceled while another task's goes on`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            try await warm(pool)
            let gate = AsyncStream.makeStream(of: Void.self)
            async let holder: Int = pool.transaction { transaction in
                for await _ in gate.stream {}
                return try await transaction.query("SELECT 1 AS one")[0]("one")
            }
            try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
            let task = Task { try await failure { try await pool.query("SELECT 1") } }
            try await TestDatabase.eventually("the request waits") { pool.statistics.waiting == 1 }
            task.cancel()
            #expect(try await task.value.kind == .canceled)
            #expect(pool.statistics.waiting == 0)
            gate.continuation.finish()
            #expect(try await holder == 1)
        }
    }

    @Test func `a statement from the queue is canceled while it runs`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            try await warm(pool)
            let gate = AsyncStream.makeStream(of: Void.self)
            async let holder: Void = pool.transaction { _ in for await _ in gate.stream {} }
            try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
            let mark = TestDatabase.unique("sleeper")
            let task = Task { try await failure { try await pool.query("SELECT pg_sleep(60) AS \(identifier: mark)") } }
            try await TestDatabase.eventually("the request waits") { pool.statistics.waiting == 1 }
            gate.continuation.finish()
            try await holder
            try await TestDatabase.eventually("the statement runs") { try await isRunning(mark) }
            task.cancel()
            #expect(try await task.value.kind == .canceled)
            #expect(try await pool.query("SELECT 1 AS one")[0]("one") == 1)
        }
    }

    @Test func `tasks canceled at any moment disturb nobody else`() async throws {
        try await TestDatabase.withPool(size: 2) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        if number.isMultiple(of: 3) {
                            let task = Task { try await pool.query("SELECT pg_sleep(0.001)") }
                            for _ in 0..<(number % 17) { await Task.yield() }
                            task.cancel()
                            _ = await task.result
                        } else {
                            let answer: Int = try await pool.query("SELECT \(number)::int AS n, pg_sleep(0.0005)")[0]("n")
                            #expect(answer == number)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(pool.statistics.waiting == 0)
        }
    }

    @Test func `a statement over its time is stopped`() async throws {
        try await TestDatabase.withPool(size: 1, statementTimeout: .milliseconds(50)) { pool in
            let error = try await failure { try await pool.query("SELECT pg_sleep(60)") }
            #expect(error.kind == .statementTimeout)
            #expect(error.sqlState == "57014")
            #expect(try await pool.query("SELECT 1 AS one")[0]("one") == 1)
        }
    }

    @Test func `an idle backend that was killed is replaced unnoticed`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            for inTransaction in [true, false] {
                let pid = try await backend(pool)
                try await kill(pid)
                let next: Int
                if inTransaction {
                    next = try await pool.transaction { try await $0.query("SELECT pg_backend_pid() AS pid")[0]("pid") }
                } else {
                    next = try await backend(pool)
                }
                #expect(next != pid)
            }
        }
    }

    @Test func `a backend killed inside a transaction is an error, and the next request has a new one`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let error = try await failure {
                try await pool.transaction { transaction in
                    let pid: Int = try await transaction.query("SELECT pg_backend_pid() AS pid")[0]("pid")
                    try await kill(pid)
                    _ = try await transaction.query("SELECT 1")
                }
            }
            #expect(error.kind == .connection)
            #expect(try await pool.query("SELECT 1 AS one")[0]("one") == 1)
        }
    }

    @Test func `a backend killed in the middle of a statement is an error of the connection`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let error = try await failure { try await pool.query("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)") }
            #expect(error.kind == .connection)
            #expect(error.sqlState == "57P01")
            #expect(try await pool.query("SELECT 1 AS one")[0]("one") == 1)
        }
    }

    @Test func `a short outage is waited out`() async throws {
        try await TestDatabase.withDatabase { url in
            try await TestDatabase.withPool(size: 1, url: url, acquireTimeout: .seconds(20)) { pool in
                _ = try await backend(pool)
                try await refuseConnections(to: url)
                let late = Task { try await backend(pool) }
                try await TestDatabase.eventually("the request found the server away") {
                    pool.statistics.open == 0 && pool.statistics.idle == 0
                }
                try await admitConnections(to: url)
                #expect(try await late.value > 0)
            }
        }
    }

    @Test func `a long outage refuses requests, and the pool heals after it`() async throws {
        try await TestDatabase.withDatabase { url in
            try await TestDatabase.withPool(size: 2, url: url, acquireTimeout: .milliseconds(200)) { pool in
                try await TestDatabase.eventually("the pool is connected") { (try? await backend(pool)) != nil }
                try await refuseConnections(to: url)
                try await withThrowingTaskGroup(of: PostgresError.self) { group in
                    for _ in 0..<8 { group.addTask { try await failure { try await backend(pool) } } }
                    for try await error in group { #expect(error.kind == .connection) }
                }
                try await admitConnections(to: url)
                try await TestDatabase.eventually("the pool has healed") { (try? await backend(pool)) != nil }
            }
        }
    }

    @Test func `a closed pool lets running work finish and refuses the rest`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            try await warm(pool)
            let gate = AsyncStream.makeStream(of: Void.self)
            async let holder: Int = pool.transaction { transaction in
                for await _ in gate.stream {}
                return try await transaction.query("SELECT 1 AS one")[0]("one")
            }
            try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
            let queued = Task { try await failure { try await pool.query("SELECT 1") } }
            try await TestDatabase.eventually("the request waits") { pool.statistics.waiting == 1 }
            async let closing: Void = pool.close()
            #expect(try await queued.value.kind == .poolClosed)
            gate.continuation.finish()
            #expect(try await holder == 1)
            await closing
            #expect(pool.statistics.open == 0)
            #expect(try await failure { try await pool.query("SELECT 1") }.kind == .poolClosed)
        }
    }

    private func kill(_ pid: Int) async throws {
        try await TestDatabase.withPool(size: 1) { other in
            // With a time-out the function waits until the process has ended.
            let isGone: Bool = try await other.query("SELECT pg_terminate_backend(\(pid)::int, 5000) AS gone")[0]("gone")
            try #require(isGone)
        }
    }

    /// Like a server that is shut down: every backend ends and no new one starts.
    private func refuseConnections(to url: String) async throws {
        let database = try #require(URLComponents(string: url)?.path.dropFirst())
        try await TestDatabase.execute("ALTER DATABASE \"\(database)\" ALLOW_CONNECTIONS false")
        try await TestDatabase.withPool(size: 1) { other in
            _ = try await other.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = \(String(database))")
        }
    }

    private func admitConnections(to url: String) async throws {
        let database = try #require(URLComponents(string: url)?.path.dropFirst())
        try await TestDatabase.execute("ALTER DATABASE \"\(database)\" ALLOW_CONNECTIONS true")
    }
}
