import Foundation
import Kernel
import Postgres
import Synchronization
import Testing

private struct Deposit: Codable, Sendable {
    let amount: Int
}

private struct Balance: Codable, Sendable, Versioned {
    let total: Int
    let version: Int
}

/// A key makes a change happen once, whatever the client repeats. Runs against a real database.
@Suite struct StoredAnswersTests {
    private static let user = "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"

    private func headers(_ key: String, user: String = user) -> [String: String] {
        ["Authorization": "Bearer user:\(user)", "Idempotency-Key": key]
    }

    /// Serves one operation that adds to the tenant's settings and returns the sum; 13 is refused after it was added.
    private func serve(poolSize: Int = 3, _ body: (RawClient, ConnectionPool) async throws -> Void) async throws {
        try await ScratchDatabase.with(poolSize: poolSize) { pool async throws in
            let store = TenantStore(pool: pool)
            let deposit = APIOperation(.post, "/deposits", "Deposit", access: .signedIn, status: 201) {
                (input: Deposit, caller: SignedIn) async throws(Failure) -> Balance in
                try await store.transaction(as: caller) { transaction in
                    transaction.queue(
                        "INSERT INTO deposits (tenant_id, id, amount) VALUES (\(caller.tenant), \(Identifier<Balance>()), \(input.amount))"
                    )
                    if input.amount == 13 { throw Failure(.conflict, "No thirteen.") }
                    let row = try await transaction.first(
                        "SELECT sum(amount)::bigint AS total, count(*) AS deposits FROM deposits WHERE tenant_id = \(caller.tenant)"
                    )
                    guard let row else { throw Failure.notFound }
                    return Balance(total: try row("total"), version: try row("deposits"))
                }
            }
            try await ToyServer.run([deposit], store: store) { client async throws in try await body(client, pool) }
        }
    }

    @Test func `the same request again gets the same answer and changes nothing`() async throws {
        try await serve { client, _ async throws in
            let first = try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers("a"))
            #expect(first.status == 201)
            #expect(first.headers["idempotent-replayed"] == nil)
            let again = try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers("a"))
            #expect(again.status == 201)
            #expect(again.headers["idempotent-replayed"] == "true")
            #expect(again.headers["etag"] == first.headers["etag"])
            #expect(try again.json["data"] == first.json["data"])
            let other = try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers("b"))
            #expect(try other.json["data"]?["total"] == 10)
        }
    }

    @Test func `the key with another body is refused`() async throws {
        try await serve { client, _ async throws in
            _ = try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers("a"))
            let other = try await client.json("POST", "/api/v1/deposits", #"{"amount":6}"#, headers("a"))
            #expect(other.status == 409)
            #expect(try other.json["error"]?["code"] == "IDEMPOTENCY_KEY_REUSED")
        }
    }

    @Test func `each user has their own keys`() async throws {
        try await serve { client, _ async throws in
            _ = try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers("a"))
            let neighbor = headers("a", user: "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a12")
            #expect(try await client.json("POST", "/api/v1/deposits", #"{"amount":6}"#, neighbor).status == 201)
        }
    }

    @Test func `a failure stores nothing, and the key is free again`() async throws {
        try await serve { client, pool async throws in
            #expect(try await client.json("POST", "/api/v1/deposits", #"{"amount":13}"#, headers("a")).status == 409)
            let good = try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers("a"))
            #expect(good.status == 201)
            #expect(try good.json["data"]?["total"] == 5)
        }
    }

    @Test func `sixty-four at once have one effect`() async throws {
        try await serve { client, _ async throws in
            let headers = headers("a")
            let totals = try await withThrowingTaskGroup(of: JSON?.self) { group in
                for _ in 0..<64 {
                    group.addTask { try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers).json["data"]?["total"] }
                }
                return try await group.reduce(into: [JSON?]()) { $0.append($1) }
            }
            #expect(totals.count == 64)
            #expect(totals.allSatisfy { $0 == 5 })
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 256)])
    func `a key that is too short or too long is refused`(key: String) async throws {
        try await serve { client, _ async throws in
            #expect(try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers(key)).status == 400)
        }
    }
}

/// A key that is claimed before long work, which runs with no transaction open. The pool has one connection: if anything held it,
/// everything else would stop.
@Suite struct ClaimedAnswersTests {
    private static let user = "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"
    private static let headers = ["Authorization": "Bearer user:\(user)", "Idempotency-Key": "a"]

    /// The progress of the operation, which waits for a signal before it writes.
    private final class Course: Sendable {
        let begun = Mutex(0)
        let leave = Signal()
        var count: Int { begun.withLock { $0 } }
    }

    /// 13 is refused; an odd amount is answered without `answering`.
    private func serve(_ body: (RawClient, ConnectionPool, Course) async throws -> Void) async throws {
        try await ScratchDatabase.with(poolSize: 1) { pool async throws in
            let store = TenantStore(pool: pool)
            let course = Course()
            let deposit = APIOperation(.post, "/transfers", "Transfer", access: .signedIn, status: 201, retry: .claimedFirst) {
                (input: Deposit, caller: SignedIn) async throws(Failure) -> Balance in
                course.begun.withLock { $0 += 1 }
                guard await course.leave.wait(atMost: .seconds(60)) else { throw .unavailable }
                return try await store.transaction(as: caller) { tx in
                    tx.queue(
                        "INSERT INTO deposits (tenant_id, id, amount) VALUES (\(caller.tenant), \(Identifier<Balance>()), \(input.amount))"
                    )
                    if input.amount == 13 { throw Failure(.conflict, "No thirteen.") }
                    let balance = Balance(total: input.amount, version: 1)
                    return input.amount.isMultiple(of: 2) ? try await tx.answering(balance) : balance
                }
            }
            try await ToyServer.run([deposit], store: store) { client async throws in try await body(client, pool, course) }
        }
    }

    private func transfer(_ amount: Int, _ client: RawClient) async throws -> RawClient.Answer {
        try await client.json("POST", "/api/v1/transfers", #"{"amount":\#(amount)}"#, Self.headers)
    }

    private func begun(_ count: Int, _ course: Course) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while course.count < count, .now < deadline { try await Task.sleep(for: .milliseconds(5)) }
        #expect(course.count == count)
    }

    private func total(_ pool: ConnectionPool) async throws -> Int {
        try await pool.pipeline([
            "SELECT set_config('tenure.tenant_id', \(ToyAuthenticator.tenant.description), true)",
            "SELECT COALESCE(sum(amount), 0)::bigint AS total FROM deposits WHERE tenant_id = \(ToyAuthenticator.tenant)",
        ])[1][0]("total")
    }

    private func change(_ assignments: SQL, _ pool: ConnectionPool) async throws {
        _ = try await pool.pipeline([
            "SELECT set_config('tenure.tenant_id', \(ToyAuthenticator.tenant.description), true)",
            "UPDATE idempotency_keys SET \(assignments) WHERE tenant_id = \(ToyAuthenticator.tenant)",
        ])
    }

    @Test(arguments: [4, 5])
    func `while the first is at work no connection is held and a second is told to come back; then it gets the answer`(
        amount: Int
    ) async throws {
        try await serve { client, pool, course async throws in
            async let first = transfer(amount, client)
            try await begun(1, course)
            #expect(try await total(pool) == 0)
            let second = try await transfer(amount, client)
            #expect(second.status == 409)
            #expect(try second.json["error"]?["code"] == "IDEMPOTENCY_KEY_IN_USE")
            #expect(second.headers["retry-after"] == "2")
            let other = try await transfer(amount + 1, client)
            #expect(try other.json["error"]?["code"] == "IDEMPOTENCY_KEY_REUSED")
            course.leave.ring()
            #expect(try await first.status == 201)
            let again = try await transfer(amount, client)
            #expect(again.status == 201)
            #expect(again.headers["idempotent-replayed"] == "true")
            #expect(course.count == 1)
            #expect(try await total(pool) == amount)
        }
    }

    @Test func `a failure frees the key`() async throws {
        try await serve { client, pool, course async throws in
            for _ in 1...2 {
                course.leave.ring()
                #expect(try await transfer(13, client).status == 409)
            }
            course.leave.ring()
            #expect(try await transfer(4, client).status == 201)
            #expect(try await total(pool) == 4)
        }
    }

    @Test func `a claim whose process died is taken over after its lease, and not before`() async throws {
        try await serve { client, pool, course async throws in
            course.leave.ring()
            #expect(try await transfer(4, client).status == 201)
            // The state when the process died, before the answer was stored.
            try await change("status = NULL, body = NULL, claim = gen_random_uuid(), claimed_until = now() + interval '1 minute'", pool)
            #expect(try await transfer(4, client).status == 409)
            try await change("claimed_until = now() - interval '1 second'", pool)
            course.leave.ring()
            let taken = try await transfer(4, client)
            #expect(taken.status == 201)
            #expect(taken.headers["idempotent-replayed"] == nil)
            #expect(course.count == 2)
        }
    }

    @Test func `whoever lost the claim writes nothing`() async throws {
        try await serve { client, pool, course async throws in
            async let first = transfer(4, client)
            try await begun(1, course)
            try await change("claim = gen_random_uuid()", pool)
            course.leave.ring()
            #expect(try await first.status == 409)
            #expect(try await total(pool) == 0)
        }
    }
}
