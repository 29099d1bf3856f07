import Foundation
import Kernel
import Postgres
import Testing

private struct Deposit: Codable, Sendable {
    let amount: Int
}

private struct Balance: Codable, Sendable, Versioned {
    let total: Int
    let version: Int
}

/// A key makes a change happen once, whatever the client repeats. Against a real database.
@Suite struct StoredAnswersTests {
    private static let user = "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"

    private func headers(_ key: String, user: String = user) -> [String: String] {
        ["Authorization": "Bearer user:\(user)", "Idempotency-Key": key]
    }

    /// Serves one operation that adds to the tenant's settings and answers with the sum; 13 is refused after it was added.
    private func serve(poolSize: Int = 3, _ body: (RawClient, ConnectionPool) async throws -> Void) async throws {
        try await ScratchDatabase.with(poolSize: poolSize) { pool async throws in
            let store = TenantStore(pool: pool)
            let deposit = Operation(.post, "/deposits", "Deposit", access: .signedIn, status: 201) {
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

    @Test func `keys are each user's own`() async throws {
        try await serve { client, _ async throws in
            _ = try await client.json("POST", "/api/v1/deposits", #"{"amount":5}"#, headers("a"))
            let neighbor = headers("a", user: "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a12")
            #expect(try await client.json("POST", "/api/v1/deposits", #"{"amount":6}"#, neighbor).status == 201)
        }
    }

    @Test func `a failure keeps nothing, and the key is free again`() async throws {
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
