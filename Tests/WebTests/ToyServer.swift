import Foundation
import Kernel
import Logging
import Postgres
import Redis
import ServiceLifecycle
import SocketClient
import Synchronization
import Web

/// A web server over the test's own operations, for tests that need no database.
enum ToyServer {
    static func run(
        _ operations: [APIOperation],
        plan: RateLimitPlan = .unlimited,
        health: [HealthCheck] = [],
        configure: (inout WebConfiguration) -> Void = { _ in },
        store: TenantStore? = nil,
        servesMetrics: Bool = true,
        _ body: (RawClient) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        var configuration = WebConfiguration()
        configuration.port = 0
        configuration.uploadDirectory = NSTemporaryDirectory()
        configure(&configuration)
        let redis = try RedisClient(url: "redis://127.0.0.1:1", logger: logger)
        let pool = ConnectionPool(.init(url: "postgresql://nobody@127.0.0.1:1/none", size: 1, acquireTimeout: .seconds(1)), logger: logger)
        let (ports, told) = AsyncStream<Int>.makeStream()
        let server = try WebServer(
            configuration: configuration,
            operations: operations,
            authenticator: ToyAuthenticator(),
            store: store ?? TenantStore(pool: pool),
            limiter: RequestLimiter(RateLimiter(client: redis), plan: plan),
            health: health,
            metrics: servesMetrics ? { @Sendable in "toy 1\n" } : nil,
            logger: logger,
            onRunning: { told.yield($0) }
        )
        try await serving(server, ports, body)
    }

    /// Runs a server until the body returns. Then it is told to stop, as by a signal, and not canceled: with that, Hummingbird may drop a
    /// connection that it has just accepted, which NIO takes for a programming error that ends the process.
    static func serving(_ server: some Service, _ ports: AsyncStream<Int>, _ body: (RawClient) async throws -> Void) async throws {
        let group = ServiceGroup(services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        Task { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { return }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(RawClient(port: port))) } catch { outcome = .failure(error) }
        await group.triggerGracefulShutdown()
        try outcome.get()
    }
}

/// Accepts tokens of the form `user:<uuid>`, and the key `key:right`.
struct ToyAuthenticator: Authenticator {
    static let tenant = Identifier<Tenant>()

    func authenticate(bearer token: String?, tenantCode: String?, host: String?, origin: Origin) async throws(Failure) -> Caller {
        guard let token else { return Caller(tenant: Self.tenant, actor: .anonymous, origin: origin) }
        if token == "key:right" {
            return Caller(
                tenant: Self.tenant,
                actor: .user(Identifier()),
                roles: [.tenantAdmin],
                origin: origin,
                key: ProgramKey(id: UUID(), scopes: [.readRules])
            )
        }
        guard token.hasPrefix("user:"), let user = Identifier<User>(token.dropFirst(5)) else { throw .unauthorized }
        return Caller(tenant: Self.tenant, actor: .user(user), roles: [.candidate], origin: origin)
    }

    func refresh(_ caller: Caller, bearer token: String?) async throws(Failure) -> Caller { caller }

    func isKey(_ token: String) -> Bool { token.hasPrefix("key:") }

    func standingChanges() -> AsyncStream<UUID?> { AsyncStream { _ in } }

    func enter(_ tenant: Identifier<Tenant>, as caller: Caller, _ purpose: String) async throws(Failure) -> Caller { throw .forbidden }
}

/// Speaks HTTP/1.1 byte by byte, so that it can also do it wrong.
struct RawClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSON { get throws { try JSON(parsing: body) } }
    }

    let port: Int

    /// One request on a connection of its own.
    func send(
        _ method: String,
        _ path: String,
        _ headers: [String: String] = [:],
        body: [UInt8] = [],
        expectBody: Bool = true
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if !body.isEmpty, headers["Transfer-Encoding"] == nil, headers["Content-Length"] == nil {
            head += "Content-Length: \(body.count)\r\n"
        }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return try Self.parse(try await exchange(Array(head.utf8) + Array("\r\n".utf8) + body))
    }

    func json(_ method: String, _ path: String, _ body: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send(method, path, headers.merging(["Content-Type": "application/json"]) { own, _ in own }, body: Array(body.utf8))
    }

    /// Sends the bytes and reads until the server closes.
    func exchange(_ bytes: [UInt8], endsInput: Bool = false) async throws -> [UInt8] {
        try await exchange(bytes, Sending(endsInput: endsInput))
    }

    /// After the bytes, sends one more at each interval for as long as the server listens.
    func exchange(_ bytes: [UInt8], thenDripping interval: Duration) async throws -> [UInt8] {
        try await exchange(bytes, Sending(drip: interval))
    }

    func exchange(_ bytes: [UInt8], pieces: Int, pause: Duration) async throws -> [UInt8] {
        try await exchange(bytes, Sending(pieces: pieces, pause: pause))
    }

    /// Reads nothing for a while.
    func exchange(_ bytes: [UInt8], waiting time: Duration) async throws -> [UInt8] {
        try await exchange(bytes, Sending(pauseBeforeReading: time))
    }

    private struct Sending {
        var pieces = Int.max
        var pause = Duration.zero
        var drip: Duration?
        var pauseBeforeReading = Duration.zero
        var endsInput = false
    }

    private func exchange(_ bytes: [UInt8], _ sending: Sending) async throws -> [UInt8] {
        let port = port
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try Self.talk(port, bytes, sending) }) }
        }
    }

    private static func pause(_ time: Duration) {
        Thread.sleep(forTimeInterval: time / .seconds(1))
    }

    private static func talk(_ port: Int, _ bytes: [UInt8], _ sending: Sending) throws -> [UInt8] {
        let descriptor = try SocketClient.connect(port)
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.prefix(sending.pieces).withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The server may have answered and closed before everything was sent.
            guard written > 0 else { break }
            rest = rest.dropFirst(written)
            if !rest.isEmpty, sending.pause > .zero { pause(sending.pause) }
        }
        if let interval = sending.drip {
            var byte = UInt8(ascii: "x")
            var said: UInt8 = 0
            while recv(descriptor, &said, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0, errno == EAGAIN {
                guard Foundation.send(descriptor, &byte, 1, Int32(MSG_NOSIGNAL)) > 0 else { break }
                pause(interval)
            }
        }
        if sending.endsInput { shutdown(descriptor, Int32(SHUT_WR)) }
        if sending.pauseBeforeReading > .zero { pause(sending.pauseBeforeReading) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }

    static func parse(_ bytes: [UInt8]) throws -> Answer {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { throw Broken(step: "no answer: \(text.prefix(200))", number: 0) }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        let start = text[..<end.upperBound].utf8.count
        return Answer(status: status, headers: headers, body: Array(bytes[start...]))
    }

    struct Broken: Error {
        let step: String
        let number: Int32
    }
}
