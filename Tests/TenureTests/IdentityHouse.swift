import Blobs
import Companies
import Foundation
import Identity
import Kernel
import Logging
import Mail
import Postgres
import Redis
import Synchronization
import Web

/// One server for all tests of a process, with accounts and companies alone: real PostgreSQL, real HTTP, a database of its own.
struct IdentityHouse: Sendable {
    static let secret = "a secret of the tests, of more than 32 bytes"
    private static let opening = Task { try await open() }

    static var shared: IdentityHouse { get async throws { try await opening.value } }

    let port: Int
    let identity: Identity
    let operatorPool: ConnectionPool
    let outbox: Outbox

    private static func open() async throws -> IdentityHouse {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let database = "identity_" + UUID().uuidString.replacing("-", with: "").lowercased()
        try await makeDatabase(database, logger)
        let pool = ConnectionPool(.init(url: try address(database, role: "tenure_app"), size: 4), logger: logger)
        let operatorPool = ConnectionPool(.init(url: try address(database, role: "tenure_operator"), size: 2), logger: logger)
        let constraints = Identity.constraints.merging(Companies.constraints) { first, _ in first }
        let store = TenantStore(pool: pool, constraints: constraints)
        let outbox = Outbox()
        let identity = await Identity(
            store: store,
            door: OperatorDoor(pool: operatorPool, constraints: constraints),
            hashing: try PasswordHashing(),
            blobs: try BlobStore(directory: NSTemporaryDirectory() + database),
            mail: outbox,
            configuration: .init(secret: secret, publicURL: "http://tenure.test")
        )
        try await identity.bootstrap(.init(email: EmailAddress("root@example.com"), password: "Root-Passw0rd"))
        let listening = try address(database, role: "tenure_app")
        Task { await identity.authenticator.run(listeningTo: listening, logger: logger) }
        let port = try await serve(identity, store, logger)
        return IdentityHouse(port: port, identity: identity, operatorPool: operatorPool, outbox: outbox)
    }

    private static func serve(_ identity: Identity, _ store: TenantStore, _ logger: Logger) async throws -> Int {
        let companies = Companies(store: store, identity: identity) { candidate, company throws(Failure) in
            // Stands for the applications, which are another room's: whoever is called so has applied.
            let applied: SQL = """
                SELECT id
                FROM users
                WHERE tenant_id = \(candidate.tenant) AND id = \(candidate.user) AND first_name = 'Applicant'
                """
            return try await !store.query(as: candidate, applied).isEmpty
        }
        var configuration = WebConfiguration()
        configuration.port = 0
        configuration.uploadDirectory = NSTemporaryDirectory()
        let (ports, told) = AsyncStream<Int>.makeStream()
        let server = try WebServer(
            configuration: configuration,
            operations: identity.operations + companies.operations,
            authenticator: HouseAuthenticator(identity: identity.authenticator),
            store: store,
            limiter: RequestLimiter(RateLimiter(client: try RedisClient(url: "redis://127.0.0.1:1", logger: logger)), plan: .unlimited),
            health: [],
            metrics: { "" },
            logger: logger,
            onRunning: { told.yield($0) }
        )
        Task { try await server.run() }
        for await port in ports { return port }
        throw CancellationError()
    }

    private static func makeDatabase(_ name: String, _ logger: Logger) async throws {
        let owner = ConnectionPool(.init(url: try address("postgres", role: nil), size: 1), logger: logger)
        for role in ["tenure_app", "tenure_operator"] {
            // Another process of the tests may be making it at this moment.
            _ = try? await owner.query("CREATE ROLE \(identifier: role) LOGIN")
        }
        _ = try await owner.query("CREATE DATABASE \(identifier: name)")
        await owner.close()
        let directory = NSTemporaryDirectory() + name + "-migrations"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for file in ["0001_tenancy.sql", "0002_identity.sql", "0003_companies.sql"] {
            try? FileManager.default.removeItem(atPath: "\(directory)/\(file)")
            try FileManager.default.copyItem(atPath: "Migrations/\(file)", toPath: "\(directory)/\(file)")
        }
        try await Migrations(directory: directory).run(url: address(name, role: nil), logger: logger)
    }

    /// The address of the tests' cluster with another database and user.
    private static func address(_ database: String, role: String?) throws -> String {
        guard let text = ProcessInfo.processInfo.environment["TENURE_TEST_DATABASE_URL"], var address = URLComponents(string: text) else {
            throw CancellationError()
        }
        address.path = "/\(database)"
        if let role {
            address.queryItems = (address.queryItems ?? []).filter { $0.name != "user" } + [URLQueryItem(name: "user", value: role)]
        }
        return address.string ?? text
    }
}

private struct HouseAuthenticator: Authenticator {
    let identity: IdentityAuthenticator

    func authenticate(bearer token: String?, tenantCode: String?, host: String?, origin: Origin) async throws(Failure) -> Caller {
        try await identity.authenticate(bearer: token, tenantCode: tenantCode, host: host, origin: origin)
    }
}

/// Mail as it would have been handed over.
final class Outbox: MailTransport {
    private let messages = Mutex<[MailMessage]>([])

    func send(_ message: MailMessage) async throws(MailError) { messages.withLock { $0.append(message) } }

    /// The tests' tenants have people of the same names: a mail's token says whose it is.
    func texts(to address: String, in tenant: Identifier<Tenant>) -> [String] {
        let mark = "pr_" + base64URL(withUnsafeBytes(of: tenant.uuid.uuid) { Data($0) }).prefix(21)
        return messages.withLock { $0.filter { $0.to.contains { $0.address == address } && $0.text.contains(mark) }.map(\.text) }
    }
}
