import Foundation
import Testing

@testable import Postgres

/// Who gets which connection where several tenants ask.
struct FairShareTests {
    private let big = UUID()
    private let small = UUID()

    /// Loans that last until the gate opens.
    private struct Gate: Sendable {
        private let stream: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation

        init() {
            (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        }

        func open() { continuation.finish() }

        func pass(_ pool: ConnectionPool, for tenant: UUID?) async throws {
            try await pool.transaction(for: tenant) { _ in
                var turn = stream.makeAsyncIterator()
                _ = await turn.next()
            }
        }
    }

    @Test func `one tenant leaves a connection for others, and no more than half once they came`() async throws {
        try await TestDatabase.withPool(size: 4) { pool in
            try await TestDatabase.eventually("all are free") { pool.statistics.idle == 4 }
            let gates = (0..<10).map { _ in Gate() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer { for gate in gates { gate.open() } }
                for gate in gates {
                    let before = pool.statistics
                    group.addTask { try await gate.pass(pool, for: big) }
                    try await TestDatabase.eventually("it waits or holds a connection") {
                        pool.statistics.waiting + 4 - pool.statistics.idle == before.waiting + 4 - before.idle + 1
                    }
                }
                #expect(pool.statistics.idle == 1 && pool.statistics.waiting == 7)
                for _ in 0..<20 { _ = try await pool.query("SELECT 1", for: small) }
                #expect(pool.statistics.waiting == 7)
                gates[0].open()
                try await TestDatabase.eventually("a second one is free") { pool.statistics.idle == 2 }
                #expect(pool.statistics.waiting == 7)
                let two = try await pool.transaction(for: small) { first in
                    _ = try await first.query("SELECT 1")
                    return try await pool.query("SELECT 2 AS two", for: small)[0]("two") as Int
                }
                #expect(two == 2)
                // Its own next takes the place of what ends.
                gates[1].open()
                try await TestDatabase.eventually("the next one has begun") { pool.statistics.waiting == 6 }
                try await TestDatabase.eventually("two are free still") { pool.statistics.idle == 2 }
            }
            try await TestDatabase.eventually("all are free") { pool.statistics.idle == 4 && pool.statistics.waiting == 0 }
        }
    }

    @Test(arguments: [true, false])
    func `another tenant's reads go on while one floods the pool with slow statements`(inTransactions: Bool) async throws {
        try await TestDatabase.withPool(size: 4) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        if inTransactions {
                            try await pool.transaction(for: big) { _ = try await $0.query("SELECT pg_sleep(0.25)") }
                        } else {
                            _ = try await pool.query("SELECT pg_sleep(0.25)", for: big)
                        }
                    }
                }
                try await TestDatabase.eventually("the flood is there") { pool.statistics.waiting >= 30 }
                for number in 0..<50 {
                    let answer: Int = try await pool.query("SELECT \(number)::int AS n", for: small)[0]("n")
                    #expect(answer == number)
                }
                #expect(pool.statistics.waiting >= 10, "the reads waited for the flood")
                try await group.waitForAll()
            }
        }
    }

    @Test func `tenants take turns, and each is served in the order of its requests`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            try await ScratchTable.with("id serial, who text") { table in
                let gate = Gate()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await gate.pass(pool, for: nil) }
                    try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
                    let requests: [(name: String, tenant: UUID?)] = [
                        ("big 1", big), ("big 2", big), ("big 3", big), ("small 1", small), ("nobody 1", nil), ("small 2", small),
                    ]
                    for (number, (name, tenant)) in requests.enumerated() {
                        group.addTask {
                            let insert: SQL = "INSERT INTO \(table) (who) VALUES (\(name))"
                            if number.isMultiple(of: 2) {
                                _ = try await pool.query(insert, for: tenant)
                            } else {
                                try await pool.transaction(for: tenant) { _ = try await $0.execute(insert) }
                            }
                        }
                        try await TestDatabase.eventually("\(name) waits") { pool.statistics.waiting == number + 1 }
                    }
                    gate.open()
                    try await group.waitForAll()
                }
                let order: [String] = try await pool.query("SELECT who FROM \(table) ORDER BY id").map { try $0("who") }
                #expect(order == ["big 1", "small 1", "nobody 1", "big 2", "small 2", "big 3"])
            }
        }
    }

    @Test func `a full line refuses its own tenant alone`() async throws {
        try await TestDatabase.withPool(size: 1, longestLine: 3) { pool in
            let gate = Gate()
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer { gate.open() }
                group.addTask { try await gate.pass(pool, for: nil) }
                try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
                for number in 1...3 {
                    group.addTask { _ = try await pool.query("SELECT 1", for: big) }
                    try await TestDatabase.eventually("request \(number) waits") { pool.statistics.waiting == number }
                }
                #expect(try await failure { try await pool.query("SELECT 1", for: big) }.kind == .lineFull)
                #expect(try await failure { try await pool.transaction(for: big) { _ in } }.kind == .lineFull)
                group.addTask { _ = try await pool.query("SELECT 1", for: small) }
                try await TestDatabase.eventually("the other's waits") { pool.statistics.waiting == 4 }
                gate.open()
                try await group.waitForAll()
            }
            // Room again.
            #expect(try await pool.query("SELECT 1 AS one", for: big)[0]("one") == 1)
        }
    }

    @Test(arguments: [true, false])
    func `what waits in a line can be canceled, and takes no turn`(inTransaction: Bool) async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let gate = Gate()
            async let holder: Void = gate.pass(pool, for: nil)
            try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
            let task = Task {
                try await failure {
                    if inTransaction {
                        try await pool.transaction(for: big) { _ in }
                    } else {
                        _ = try await pool.query("SELECT 1", for: big)
                    }
                }
            }
            try await TestDatabase.eventually("the request waits") { pool.statistics.waiting == 1 }
            task.cancel()
            #expect(try await task.value.kind == .canceled)
            #expect(pool.statistics.waiting == 0)
            let late = Task { try await pool.query("SELECT 1 AS one", for: big)[0]("one") as Int }
            try await TestDatabase.eventually("another waits") { pool.statistics.waiting == 1 }
            gate.open()
            try await holder
            #expect(try await late.value == 1)
        }
    }

    @Test func `a statement out of a line is canceled while it runs`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let gate = Gate()
            async let holder: Void = gate.pass(pool, for: nil)
            try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
            let task = Task { try await failure { try await pool.query("SELECT pg_sleep(60)", for: big) } }
            try await TestDatabase.eventually("the request waits") { pool.statistics.waiting == 1 }
            gate.open()
            try await holder
            try await TestDatabase.eventually("it runs") { pool.statistics.waiting == 0 }
            task.cancel()
            #expect(try await task.value.kind == .canceled)
            #expect(try await pool.query("SELECT 1 AS one", for: big)[0]("one") == 1)
        }
    }

    @Test func `every line's requests are refused when they waited too long`() async throws {
        try await TestDatabase.withPool(size: 1, acquireTimeout: .milliseconds(300)) { pool in
            _ = try await pool.query("SELECT 1")
            let kinds = try await pool.transaction { _ in
                try await withThrowingTaskGroup(of: PostgresError.Kind.self) { group in
                    for tenant in [big, small, big, small, nil] {
                        group.addTask { try await failure { try await pool.query("SELECT 1", for: tenant) }.kind }
                    }
                    return try await group.reduce(into: [PostgresError.Kind]()) { $0.append($1) }
                }
            }
            #expect(kinds == Array(repeating: .poolTimeout, count: 5))
            #expect(pool.statistics.waiting == 0)
            #expect(try await pool.query("SELECT 1 AS one", for: big)[0]("one") == 1)
        }
    }

    @Test func `a pool that is closed refuses what waits in every line`() async throws {
        try await TestDatabase.withPool(size: 1) { pool in
            let gate = Gate()
            async let holder: Void = gate.pass(pool, for: big)
            try await TestDatabase.eventually("the connection is lent") { pool.statistics.idle == 0 }
            let waiting = [big, small, nil].map { tenant in
                Task { try await failure { try await pool.query("SELECT 1", for: tenant) } }
            }
            try await TestDatabase.eventually("all wait") { pool.statistics.waiting == 3 }
            async let closing: Void = pool.close()
            for task in waiting { #expect(try await task.value.kind == .poolClosed) }
            gate.open()
            try await holder
            await closing
            #expect(try await failure { try await pool.query("SELECT 1", for: small) }.kind == .poolClosed)
        }
    }

    @Test func `many tenants at random get their answers, and nothing stays behind`() async throws {
        try await TestDatabase.withPool(size: 3) { pool in
            let tenants: [UUID?] = [big, small, UUID(), UUID(), nil]
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<600 {
                    let tenant = tenants[number % tenants.count]
                    group.addTask {
                        if number.isMultiple(of: 3) {
                            return try await pool.transaction(for: tenant) { try await $0.query("SELECT \(number)::int AS n")[0]("n") }
                        }
                        return try await pool.query("SELECT \(number)::int AS n", for: tenant)[0]("n")
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 599 * 600 / 2)
            try await TestDatabase.eventually("all are free") { pool.statistics.idle == 3 && pool.statistics.waiting == 0 }
        }
    }

    @Test func `half is for while others are about`() {
        let start = ContinuousClock.now
        var lines = FairLines<Int>(connections: 4, longest: 100)
        func held(_ tenant: UUID, at time: ContinuousClock.Instant) -> Int {
            var count = 0
            while lines.mayPass(tenant, at: time) {
                lines.hold(tenant)
                count += 1
            }
            for _ in 0..<count { lines.letGo(tenant) }
            return count
        }
        lines.note(big, at: start)
        #expect(held(big, at: start) == 3)
        lines.note(small, at: start + .seconds(1))
        lines.note(big, at: start + .seconds(2))
        #expect(held(big, at: start + .seconds(2)) == 2)
        #expect(held(small, at: start + .seconds(2)) == 2)
        lines.note(big, at: start + .seconds(12))
        #expect(held(big, at: start + .seconds(12)) == 3)
        #expect(held(small, at: start + .seconds(12)) == 2)
    }

    @Test func `who is at the bound is passed over and keeps the place`() {
        let now = ContinuousClock.now
        var lines = FairLines<String>(connections: 4, longest: 100)
        for tenant in [big, small] { lines.note(tenant, at: now) }
        for (name, tenant) in [("big 1", big), ("big 2", big), ("big 3", big), ("big 4", big), ("small 1", small), ("small 2", small)] {
            let hasRoom = lines.append(name, of: tenant)
            #expect(hasRoom)
        }
        var served: [String?] = []
        for _ in 1...5 { served.append(lines.next(at: now)) }
        #expect(served == ["big 1", "small 1", "big 2", "small 2", nil] && lines.count == 2)
        lines.letGo(small)
        let passedOver = lines.next(at: now)
        #expect(passedOver == nil)
        lines.letGo(big)
        let next = lines.next(at: now)
        #expect(next == "big 3" && lines.count == 1)
    }
}
