import Kernel
import Logging
import Postgres
import Testing

private struct Limits: Codable, Sendable {
    let query: String
    let transaction: String
}

/// How long an operation's statements may take, against a real database.
@Suite struct OperationTimeTests {
    private static let user = ["Authorization": "Bearer user:0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"]

    private static func limits(_ store: TenantStore, _ caller: SignedIn) async throws(Failure) -> Limits {
        let show: SQL = "SELECT current_setting('statement_timeout') AS value"
        let query = try await store.query(as: caller, show)
        let transaction = try await store.transaction(as: caller) { tx in try await tx.query(show) }
        return try reading { Limits(query: try query[0]("value"), transaction: try transaction[0]("value")) }
    }

    @Test func `each operation's time holds for its statements and no longer`() async throws {
        try await ScratchDatabase.with(poolSize: 2) { pool async throws in
            let store = TenantStore(pool: pool)
            let perform = { @Sendable (_: NoInput, caller: SignedIn) async throws(Failure) -> Limits in try await Self.limits(store, caller)
            }
            let operations = [
                APIOperation(.get, "/page", "A page", access: .signedIn, perform: perform),
                APIOperation(.get, "/report", "A report", access: .signedIn, budget: .report, perform: perform),
                APIOperation(.post, "/change", "A change", access: .signedIn, perform: perform),
            ]
            try await ToyServer.run(operations, store: store) { client async throws in
                let key = Self.user.merging(["Idempotency-Key": "a"]) { first, _ in first }
                for (method, path, headers, wanted) in [
                    ("GET", "/api/v1/page", Self.user, "2s"), ("GET", "/api/v1/report", Self.user, "15s"),
                    ("POST", "/api/v1/change", Self.user, "15s"), ("POST", "/api/v1/change", key, "15s"),
                ] {
                    let answer = try await client.json(method, path, method == "POST" ? "{}" : "", headers)
                    #expect(try answer.json["data"]?["query"]?.string == wanted, "\(method) \(path)")
                    #expect(try answer.json["data"]?["transaction"]?.string == wanted, "\(method) \(path)")
                }
            }
            for _ in 0..<4 {
                #expect(try await pool.query("SELECT current_setting('statement_timeout') AS value")[0]("value") == "15s")
            }
        }
    }

    @Test func `a read that takes too long is stopped, and told so`() async throws {
        try await ScratchDatabase.with(poolSize: 2) { pool async throws in
            let store = TenantStore(pool: pool)
            let operations = [true, false].map { inTransaction in
                APIOperation(.get, inTransaction ? "/transaction" : "/query", "Sleep", access: .signedIn) {
                    (_: NoInput, caller: SignedIn) async throws(Failure) -> NoContent in
                    let sleep: SQL = "SELECT pg_sleep(60)"
                    if inTransaction {
                        try await store.transaction(as: caller) { tx in _ = try await tx.query(sleep) }
                    } else {
                        _ = try await store.query(as: caller, sleep)
                    }
                    return NoContent()
                }
            }
            try await ToyServer.run(operations, store: store) { client async throws in
                for path in ["/api/v1/query", "/api/v1/transaction"] {
                    let answer = try await client.json("GET", path, "", Self.user)
                    #expect(answer.status == 503)
                    #expect(answer.headers["retry-after"] == "2")
                    #expect(try answer.json["error"]?["code"] == "TOOK_TOO_LONG")
                    #expect(try answer.json["error"]?["details"]?["seconds"] == 2)
                }
            }
        }
    }

    @Test func `a tenant with too many requests waiting is told so at once`() async throws {
        var configuration = ConnectionPool.Configuration(url: "postgresql://nobody@127.0.0.1:1/none", size: 1)
        configuration.acquireTimeout = .seconds(3)
        configuration.longestLine = 1
        let pool = ConnectionPool(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let store = TenantStore(pool: pool)
        let look = APIOperation(.get, "/look", "Look", access: .signedIn) {
            (_: NoInput, caller: SignedIn) async throws(Failure) -> NoContent in
            _ = try await store.query(as: caller, "SELECT 1")
            return NoContent()
        }
        try await ToyServer.run([look], store: store) { client async throws in
            let answers = try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await client.json("GET", "/api/v1/look", "", Self.user) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let codes = try answers.map { try $0.json["error"]?["code"]?.string }
            #expect(Set(codes) == ["TENANT_BUSY", "SERVICE_UNAVAILABLE"])
            #expect(answers.allSatisfy { $0.status == 503 && $0.headers["retry-after"] == "2" })
        }
        await pool.close()
    }
}
