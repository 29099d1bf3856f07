import ChildProcesses
import Foundation
import Glibc
import Logging
import Postgres
import Testing

/// A test's own PostgreSQL, Redis and server process, which it may stop, kill and start at will.
actor Machine {
    let folder: String
    let url: URL
    /// The database's superuser, on one connection: its session may hold a lock for as long as a test wants.
    private(set) var inspector: ConnectionPool
    private var environment: [String: String]
    private var server: ChildProcess?

    /// Where PostgreSQL listens.
    var sockets: String { get throws { try #require(environment["SOCKETS"]) } }

    static func run(_ settings: [String: String] = [:], _ body: (Machine) async throws -> Void) async throws {
        let machine = try await Machine(settings)
        let outcome: Result<Void, any Error>
        do {
            try await machine.startServer()
            outcome = .success(try await body(machine))
        } catch {
            outcome = .failure(error)
        }
        try await machine.clear()
        try outcome.get()
    }

    private init(_ settings: [String: String]) async throws {
        let parent = ProcessInfo.processInfo.environment["TENURE_TEST_FOLDER"] ?? "/tmp"
        folder = "\(parent)/machine-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o755)
        environment = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "USER", "LANG"].contains($0.key) }
        let port = try Self.freePort()
        url = try #require(URL(string: "http://127.0.0.1:\(port)"))
        environment.merge(try await Self.startServices(folder, environment)) { $1 }
        environment.merge([
            "TENURE_DATA": "\(folder)/data", "TENURE_MIGRATIONS": "\(Checkout.folder.path)/Migrations", "TENURE_PORT": "\(port)",
            "TENURE_LIMITS": "off", "TENURE_LOG_LEVEL": "warning",
        ]) { $1 }
        environment.merge(settings) { $1 }
        inspector = try Self.inspector(environment)
        let migration = try spawn(["migrate"])
        #expect(try await migration.end(within: .seconds(60)) == .exit(0), "\(migration.text)")
    }

    /// The variables set by `Scripts/services`, with everything that was down started again.
    private static func startServices(_ folder: String, _ environment: [String: String]) async throws -> [String: String] {
        let script = """
            set -eu; cd \(Checkout.folder.path); source Scripts/services; start_services \(folder) durable; create_database tenure
            env -0 >\(folder)/environment
            """
        let shell = try ChildProcess(["bash", "-c", script], environment: environment, output: "\(folder)/services.log")
        try #require(try await shell.end(within: .seconds(60)) == .exit(0), "\(shell.text)")
        let wanted: Set = [
            "DATABASE_ADMIN_URL", "DATABASE_URL", "OPERATOR_DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "SOCKETS", "POSTGRES_DATA",
        ]
        return try Data(contentsOf: URL(fileURLWithPath: "\(folder)/environment")).split(separator: 0).reduce(into: [:]) { found, line in
            let parts = String(decoding: line, as: UTF8.self).split(separator: "=", maxSplits: 1)
            if parts.count == 2, wanted.contains(String(parts[0])) { found[String(parts[0])] = String(parts[1]) }
        }
    }

    private static func inspector(_ environment: [String: String]) throws -> ConnectionPool {
        let url = try #require(environment["DATABASE_ADMIN_URL"]).replacing("///postgres?", with: "///tenure?")
        return ConnectionPool(.init(url: url, size: 1), logger: Logger(label: "machine") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) + getsockname(socket, $0, &length) }
        }
        try #require(status == 0)
        return UInt16(bigEndian: address.sin_port)
    }

    /// A run of the program in this machine's environment, with `changes` applied.
    func spawn(_ arguments: [String], _ changes: [String: String] = [:]) throws -> ChildProcess {
        try ChildProcess(
            [ChildProcess.tenure] + arguments,
            environment: environment.merging(changes) { $1 },
            output: "\(folder)/\(arguments[0])-\(UUID().uuidString.prefix(8)).log"
        )
    }

    func startServer() async throws {
        server = try spawn(["serve"])
        try await eventually { try await self.visitor().reach("/healthz") == 200 }
    }

    func signalServer(_ number: Int32) throws { try #require(server).signal(number) }

    func serverEnd() async throws -> ChildProcess.End { try await #require(server).end() }

    /// Like a power cut for the process.
    func killServer() async throws {
        try signalServer(SIGKILL)
        #expect(try await serverEnd() == .signal(SIGKILL))
    }

    func killRedis() throws {
        let id = try String(contentsOfFile: "\(folder)/redis/pid", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        kill(try #require(pid_t(id)), SIGKILL)
    }

    /// Without a shutdown checkpoint, so that it recovers from its log when it starts again.
    func stopPostgres() async throws {
        let data = try #require(environment["POSTGRES_DATA"])
        let script = "source Scripts/services; as_postgres $postgres_programs/pg_ctl --pgdata \(data) --mode immediate --wait stop"
        try await shell(script)
    }

    func startServices() async throws { _ = try await Self.startServices(folder, environment) }

    private func shell(_ script: String) async throws {
        let shell = try ChildProcess(
            ["bash", "-c", "cd \(Checkout.folder.path); \(script)"],
            environment: environment,
            output: "\(folder)/shell.log"
        )
        try #require(try await shell.end() == .exit(0), "\(shell.text)")
    }

    private func clear() async throws {
        await inspector.close()
        server?.signal(SIGKILL)
        let data = try #require(environment["POSTGRES_DATA"])
        try await shell(
            """
            source Scripts/services; POSTGRES_DATA=\(data) REDIS_FOLDER=\(folder)/redis; stop_services
            rm -rf \(data) \(environment["SOCKETS"] ?? folder) \(folder)
            """
        )
    }
}
