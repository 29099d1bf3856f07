import ChildProcesses
import Foundation
import Logging
import Testing

@testable import Redis

/// A test's own Redis, on a socket in its own directory, which can be killed, frozen and restarted.
final class RedisServer {
    let url: String
    private let directory: URL
    private let options: [String]
    private var process: ChildProcess?

    init(_ options: String...) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tenure-redis-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        url = "unix://\(directory.path)/socket"
        self.options = options
        try start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: directory)
    }

    func start() throws {
        let arguments = [
            "redis-server", "--port", "0", "--unixsocket", "\(directory.path)/socket", "--dir", directory.path,
            "--save", "", "--logfile", "\(directory.path)/log",
        ]
        process = try ChildProcess(arguments + options, output: "\(directory.path)/output")
    }

    func kill() {
        process?.kill()
        process = nil
    }

    func signal(_ number: Int32) {
        process?.signal(number)
    }
}

/// Runs a client for the time of the body.
func withClient<T>(
    _ url: String = sharedURL,
    timeout: Duration = .seconds(5),
    heartbeat: Duration = .seconds(15),
    _ body: (RedisClient) async throws -> T
) async throws -> T {
    let client = try RedisClient(url: url, logger: quiet, timeout: timeout, heartbeat: heartbeat)
    let running = Task { await client.run() }
    defer { running.cancel() }
    try await eventually { client.isConnected }
    return try await body(client)
}

/// Polls a condition that becomes true by itself, within ten seconds.
func eventually(_ location: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, "it did not happen in time", sourceLocation: location)
        try await Task.sleep(for: .milliseconds(5))
    }
}

let sharedURL = ProcessInfo.processInfo.environment["TENURE_TEST_REDIS_URL"] ?? "redis://127.0.0.1:6379"

let quiet = Logger(label: "redis-tests") { _ in SwiftLogNoOpLogHandler() }

/// Keys that no other test uses.
func fresh(_ name: String) -> String {
    "test:{\(UUID().uuidString)}:\(name)"
}
