import Foundation
import Kernel
import Logging
import Postgres
import Synchronization
import Testing

@testable import Worker
@testable import tenure

/// A database of its own with a few tenants in it: claiming and numbering work across tenants, so other tests must not be among them.
struct Workshop: Sendable {
    static let logger = Logger(label: "worker-tests") { _ in SwiftLogNoOpLogHandler() }
    private static let template = Task { try await makeTemplate() }

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
        let template = try await template.value
        let name = unique("workshop")
        let cluster = ConnectionPool(.init(url: try clusterURL, size: 1), logger: logger)
        _ = try await cluster.query("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template) STRATEGY file_copy")
        let operators = ConnectionPool(.init(url: try url(database: name, user: "tenure_operator"), size: 3), logger: logger)
        let members = ConnectionPool(.init(url: try url(database: name, user: "tenure_app"), size: 3), logger: logger)
        let outcome: Result<Void, any Error>
        do {
            let committed = Signal()
            let door = OperatorDoor(pool: operators, committed: committed)
            let workshop = Workshop(
                url: try url(database: name, user: "tenure_operator"),
                store: TenantStore(pool: members, committed: committed),
                door: door,
                tenants: try await makeTenants(count, door)
            )
            outcome = .success(try await body(workshop))
        } catch {
            outcome = .failure(error)
        }
        await operators.close()
        await members.close()
        _ = try await cluster.query("DROP DATABASE \(identifier: name) WITH (FORCE)")
        await cluster.close()
        try outcome.get()
    }

    private static var clusterURL: String {
        get throws {
            try #require(ProcessInfo.processInfo.environment["TENURE_TEST_DATABASE_URL"], "TENURE_TEST_DATABASE_URL is not set")
        }
    }

    private static func url(database: String, user: String) throws -> String {
        var components = try #require(URLComponents(string: clusterURL))
        components.path = "/" + database
        components.queryItems = (components.queryItems ?? []).filter { $0.name != "user" } + [URLQueryItem(name: "user", value: user)]
        return try #require(components.string)
    }

    private static func unique(_ prefix: String) -> String {
        prefix + "_" + UUID().uuidString.replacing("-", with: "").lowercased()
    }

    private static func makeTemplate() async throws -> String {
        // Creates the roles, if this is the first test to need them, and knows where the migrations are.
        let migrations = try await TestServer.running.settings.migrationsFolder
        let name = unique("workshop_template")
        let cluster = ConnectionPool(.init(url: try clusterURL, size: 1), logger: logger)
        _ = try await cluster.query("CREATE DATABASE \(identifier: name) OWNER tenure_owner STRATEGY file_copy")
        await cluster.close()
        try await Migrations(directory: migrations).run(url: url(database: name, user: "tenure_owner"), logger: logger)
        return name
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
        slots: [Lane: Int] = [.quick: 1],
        timings: WorkTimings = Workshop.timings,
        _ body: () async throws -> Void
    ) async throws {
        let worker = Worker(
            door: door,
            handlers: handlers,
            committed: store.committed,
            slots: slots,
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
        try await store.transaction(as: SystemActor(tenant: tenant ?? self.tenant)) { tx in try tx.enqueue(work, options) }
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

/// What handlers record for the test to see.
final class Notebook<Entry: Sendable>: Sendable {
    private let written = Mutex<[Entry]>([])

    var entries: [Entry] { written.withLock { $0 } }

    func write(_ entry: Entry) { written.withLock { $0.append(entry) } }
}
