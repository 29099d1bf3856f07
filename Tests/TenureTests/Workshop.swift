import Foundation
import Kernel
import Logging
import Postgres
import Synchronization
import Testing

@testable import Worker

/// A database of its own with some tenants in it: claiming and numbering go over all tenants, so other tests must not be among them.
struct Workshop: Sendable {
    static let logger = Logger(label: "worker-tests") { _ in SwiftLogNoOpLogHandler() }

    let url: String
    let store: TenantStore
    let door: OperatorDoor
    let tenants: [Identifier<Tenant>]
    var tenant: Identifier<Tenant> { tenants[0] }

    /// Quick enough for a test, slow enough for a busy machine.
    static var timings: WorkTimings {
        var timings = WorkTimings()
        timings.lease = .seconds(1)
        timings.poll = .milliseconds(20)
        timings.firstRetry = .milliseconds(10)
        return timings
    }

    static func open(tenants count: Int = 1, _ body: (Workshop) async throws -> Void) async throws {
        let environment = ProcessInfo.processInfo.environment
        let cluster = try #require(environment["TENURE_TEST_DATABASE_URL"], "TENURE_TEST_DATABASE_URL is not set")
        let template = environment["TENURE_TEST_TEMPLATE"] ?? "tenure_template"
        let name = "workshop_" + UUID().uuidString.replacing("-", with: "").lowercased()
        let clusterPool = ConnectionPool(.init(url: cluster, size: 1), logger: logger)
        try await createDatabase(name, template: template, on: clusterPool)
        let operators = ConnectionPool(.init(url: try url(cluster, database: name, user: "tenure_operator"), size: 3), logger: logger)
        let members = ConnectionPool(.init(url: try url(cluster, database: name, user: "tenure_app"), size: 3), logger: logger)
        let committed = Signal()
        let door = OperatorDoor(pool: operators, committed: committed)
        let workshop = Workshop(
            url: try url(cluster, database: name, user: "tenure_operator"),
            store: TenantStore(pool: members, committed: committed),
            door: door,
            tenants: try await makeTenants(count, door)
        )
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(workshop)) } catch { outcome = .failure(error) }
        await operators.close()
        await members.close()
        _ = try await clusterPool.pipeline(["DROP DATABASE \(fragment: identifier(name)) WITH (FORCE)"])
        await clusterPool.close()
        try outcome.get()
    }

    private static func createDatabase(_ name: String, template: String, on pool: ConnectionPool) async throws {
        let statement: SQL = """
            CREATE DATABASE \(fragment: identifier(name)) TEMPLATE \(fragment: identifier(template)) STRATEGY file_copy
            """
        try await eventually("the template is free") {
            // Another test copies it at this moment.
            do { _ = try await pool.pipeline([statement]) } catch let error where error.sqlState == "55006" { return false }
            return true
        }
    }

    private static func identifier(_ name: String) -> SQL { SQL(stringLiteral: "\"\(name)\"") }

    private static func url(_ cluster: String, database: String, user: String) throws -> String {
        var components = try #require(URLComponents(string: cluster))
        components.path = "/" + database
        components.queryItems = (components.queryItems ?? []).filter { $0.name != "user" } + [URLQueryItem(name: "user", value: user)]
        return try #require(components.string)
    }

    private static func makeTenants(_ count: Int, _ door: OperatorDoor) async throws -> [Identifier<Tenant>] {
        let tenants = (0..<count).map { _ in Identifier<Tenant>() }
        let now = door.clock.now()
        for (number, tenant) in tenants.enumerated() {
            _ = try await door.upkeep(
                """
                INSERT INTO tenants (id, code, name, created_at, updated_at)
                VALUES (\(tenant), \("workshop-\(number)"), 'Workshop', \(now), \(now))
                """
            )
        }
        return tenants
    }

    /// Runs a worker as long as the body does.
    func working(
        _ handlers: [WorkHandler],
        concurrency: Int = 1,
        timings: WorkTimings = Workshop.timings,
        _ body: () async throws -> Void
    ) async throws {
        let worker = Worker(
            door: door,
            handlers: handlers,
            committed: store.committed,
            concurrency: concurrency,
            timings: timings,
            logger: Self.logger
        )
        let running = Task { try await worker.run() }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        running.cancel()
        _ = await running.result
        try outcome.get()
    }

    func enqueue(_ work: some Work, _ options: WorkOptions = WorkOptions(), for tenant: Identifier<Tenant>? = nil) async throws {
        try await store.transaction(as: SystemActor(tenant: tenant ?? self.tenant)) { tx in try await tx.enqueue(work, options) }
    }

    func queue(_ name: String) async throws -> [QueueRow] {
        try await door.upkeep("SELECT name, state, attempts, last_error, leased_until FROM work WHERE name = \(name) ORDER BY created_at")
            .map { row in
                QueueRow(
                    state: try row("state"),
                    attempts: try row("attempts"),
                    error: try row("last_error"),
                    leasedUntil: try row("leased_until")
                )
            }
    }
}

struct QueueRow: Sendable, Equatable {
    let state: String
    let attempts: Int
    let error: String?
    let leasedUntil: Date?
}

/// What handlers leave for the test to see.
final class Notebook<Entry: Sendable>: Sendable {
    private let written = Mutex<[Entry]>([])

    var entries: [Entry] { written.withLock { $0 } }

    /// How many entries there are, this one included.
    @discardableResult
    func write(_ entry: Entry) -> Int {
        written.withLock {
            $0.append(entry)
            return $0.count
        }
    }
}

/// Polls until something is so, with a limit.
func eventually(_ what: Comment, within limit: Duration = .seconds(20), _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !isSo() {
        try #require(.now < deadline, what)
        try await Task.sleep(for: .milliseconds(5))
    }
}
