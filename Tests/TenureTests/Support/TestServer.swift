import Foundation
import Identity
import Kernel
import Logging
import Postgres
import ServiceLifecycle
import Testing
import Toy
import Web

@testable import tenure

/// The real composition root on a database of this test process, started once. Tests create their own tenants in it and never clean up.
struct TestServer: Sendable {
    static let shared = Task { try await TestServer(database: "tenure_test_\(ProcessInfo.processInfo.processIdentifier)") }
    /// With a database of its own, in which nobody else's rows and open transactions decide how a statement is planned.
    static let crowded = Task { try await TestServer(database: "tenure_crowd_\(ProcessInfo.processInfo.processIdentifier)") }

    let composition: Composition
    let settings: Settings
    private(set) var url: URL
    /// The database's superuser: for looking behind the server's back.
    let inspector: ConnectionPool
    /// In the server's role: for what that may see and do, and how its statements are planned.
    let application: ConnectionPool
    let letterbox: Letterbox
    let contract: ContractCheck

    static var running: TestServer {
        get async throws { try await shared.value }
    }

    /// Another server of these tests, on the same database.
    func moved(to port: Int) -> TestServer {
        var moved = self
        moved.url = URL(string: "http://127.0.0.1:\(port)") ?? url
        return moved
    }

    private init(database name: String) async throws {
        let environment = ProcessInfo.processInfo.environment
        let administrator = try #require(environment["TENURE_TEST_DATABASE_URL"], "Run Scripts/test.")
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        try await Self.createDatabase(name, administrator, logger)
        settings = try Self.settings(database: name, administrator: administrator, environment)
        _ = try await Migrations(directory: settings.migrationsFolder).run(url: settings.ownerDatabaseURL, logger: logger)
        // A crowd takes its time to write on a busy machine.
        let direct = Self.address(administrator, database: name, role: nil)
        inspector = ConnectionPool(.init(url: direct, statementTimeout: .seconds(300)), logger: logger)
        try await Self.refuseAtCommit(inspector)
        try await Self.addToys(settings.ownerDatabaseURL, logger)
        composition = try await Composition(settings, metrics: MetricsRegistry(), passwords: Self.cheap, logger: logger)
        try await composition.identity.bootstrap(try settings.identity.systemAdministrator)
        application = ConnectionPool(
            .init(url: settings.databaseURL, size: 2, statementTimeout: .seconds(60), preparedStatements: settings.preparedStatements),
            logger: logger
        )
        letterbox = Letterbox(folder: "\(settings.dataFolder)/mail/new")
        contract = ContractCheck(composition.operations)
        url = try await Self.start(composition, logger)
    }

    /// A second server on the first one's database, sharing no memory with it.
    private init(beside first: TestServer) async throws {
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        settings = first.settings
        inspector = first.inspector
        application = first.application
        letterbox = first.letterbox
        contract = first.contract
        composition = try await Composition(settings, metrics: MetricsRegistry(), passwords: Self.cheap, logger: logger)
        url = try await Self.start(composition, logger)
    }

    private static let other = Task { try await TestServer(beside: shared.value) }

    static var second: TestServer {
        get async throws { try await other.value }
    }

    /// A user with this first name can't be changed: PostgreSQL refuses it at COMMIT, after everything else.
    static let refusedAtCommit: StaticString = "Refused at COMMIT"

    /// Before any test runs: creating the trigger later would make all of them wait for its lock.
    private static func refuseAtCommit(_ inspector: ConnectionPool) async throws {
        _ = try await inspector.query(
            """
            CREATE FUNCTION refuse_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$
            """
        )
        _ = try await inspector.query(
            """
            CREATE CONSTRAINT TRIGGER refused_at_commit AFTER UPDATE ON users DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (OLD.first_name = 'Refused at COMMIT' AND NEW.first_name = 'Refused at COMMIT')
            EXECUTE FUNCTION refuse_at_commit()
            """
        )
    }

    /// The table of the toy capability, before any test runs: creating it later would wait for every open transaction that uses tenants.
    private static func addToys(_ ownerURL: String, _ logger: Logger) async throws {
        let owner = ConnectionPool(.init(url: ownerURL, size: 1), logger: logger)
        _ = try await owner.pipeline(Toy.table)
        await owner.close()
    }

    private static func createDatabase(_ name: String, _ administrator: String, _ logger: Logger) async throws {
        let pool = ConnectionPool(.init(url: administrator), logger: logger)
        for role in ["tenure_owner", "tenure_app", "tenure_operator"] {
            // Another test process may be creating it at this moment.
            _ = try await pool.query(
                """
                DO $$ BEGIN CREATE ROLE \(identifier: role) LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
                """
            )
        }
        _ = try await pool.query(
            "DO $$ BEGIN GRANT tenure_app TO tenure_operator; EXCEPTION WHEN duplicate_object OR unique_violation OR internal_error THEN NULL; END $$"
        )
        _ = try await pool.query("CREATE DATABASE \(identifier: name) OWNER tenure_owner STRATEGY file_copy")
        await pool.close()
    }

    private static func settings(database: String, administrator: String, _ environment: [String: String]) throws -> Settings {
        let folder = environment["TENURE_TEST_FOLDER"] ?? "/tmp"
        let data = "\(folder)/\(database)"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let direct = address(administrator, database: database, role: "tenure_app")
        let pooler = environment["TENURE_TEST_POOLER"]
        return try Settings([
            "DATABASE_URL": try pooler.map { try pooled(direct, by: $0) } ?? direct,
            "LISTENER_DATABASE_URL": direct,
            "TENURE_STATEMENTS": pooler == nil ? "named" : "unnamed",
            // All tests share it, and some of them hold connections for as long as a rule may run.
            "TENURE_POOL_SIZE": pooler == nil ? "12" : "4",
            "OPERATOR_DATABASE_URL": address(administrator, database: database, role: "tenure_operator"),
            "OWNER_DATABASE_URL": address(administrator, database: database, role: "tenure_owner"),
            "REDIS_URL": environment["TENURE_TEST_REDIS_URL"] ?? "",
            "TENURE_DATA": data,
            "TENURE_MIGRATIONS": Checkout.folder.appendingPathComponent("Migrations").path,
            "TENURE_SECRET": secret,
            "TENURE_ADMIN_EMAIL": "root@example.com",
            "TENURE_ADMIN_PASSWORD": TestServer.password,
            "TENURE_LIMITS": "off",
            "MAIL_INBOUND_DOMAIN": "reply.example.com",
        ])
    }

    static let password = "Correct-Horse-1"
    /// Tests sign in all the time; `PasswordHashingTests` and the flood tests cover the real cost.
    static let cheap = PasswordCost(memory: 64, passes: 1, lanes: 1)
    static let secret = "a secret of the tests, of more than 32 bytes"

    /// The administrator's address with another database and role in it.
    private static func address(_ url: String, database: String, role: String?) -> String {
        let replaced = url.replacing("///postgres?", with: "///\(database)?")
        return role.map { replaced.replacing("user=postgres", with: "user=\($0)") } ?? replaced
    }

    /// The same address behind a pooler, whose socket is in that folder.
    private static func pooled(_ url: String, by pooler: String) throws -> String {
        var components = try #require(URLComponents(string: url))
        components.queryItems = components.queryItems?.map { $0.name == "host" ? URLQueryItem(name: "host", value: pooler) : $0 }
        return try #require(components.string)
    }

    /// Another set of the same parts, with connections of its own, for what holds one for long.
    func apart(observer: (@Sendable ([SQL]) -> Void)? = nil) async throws -> Composition {
        let silence = Logger(label: "apart") { _ in SwiftLogNoOpLogHandler() }
        return try await Composition(settings, metrics: MetricsRegistry(), passwords: Self.cheap, logger: silence, observer: observer)
    }

    private static func start(_ composition: Composition, _ logger: Logger) async throws -> URL {
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        var composition = composition
        composition.listen(onPort: 0)
        let services = try composition.services { port in running.yield(port) }
        Task.detached {
            do { try await ServiceGroup(services: services, logger: logger).run() } catch { running.finish() }
        }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next(), "The server did not start.")
        return try #require(URL(string: "http://127.0.0.1:\(port)"))
    }
}
