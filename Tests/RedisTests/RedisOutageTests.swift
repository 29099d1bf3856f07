import Foundation
import Testing

@testable import Redis

@Suite struct RedisOutageTests {
    @Test func `without a connection a command fails at once`() async throws {
        let client = try RedisClient(url: "unix:///nonexistent/socket", logger: quiet)
        let running = Task { await client.run() }
        defer { running.cancel() }
        let start = ContinuousClock.now
        for _ in 0..<1000 {
            await #expect(throws: RedisError.unavailable) { try await client.command(["PING"]) }
        }
        // Each would wait for five.
        #expect(start.duration(to: .now) < .seconds(1000))
        #expect(!client.isConnected)
    }

    @Test func `a killed server fails the commands in flight and is found again`() async throws {
        let server = try RedisServer()
        try await withClient(server.url) { client in
            let blocked = Task { try await client.command(["BLPOP", "nothing", 0]) }
            try await withClient(server.url) { observer in
                try await eventually { try await observer.command(["CLIENT", "LIST"]).text?.contains("cmd=blpop") == true }
            }
            server.kill()
            await #expect(throws: RedisError.unavailable) { try await blocked.value }
            await #expect(throws: RedisError.unavailable) { try await client.command(["PING"]) }
            try await eventually { !client.isConnected }
            try server.start()
            try await eventually { client.isConnected }
            #expect(try await client.command(["PING"]) == .status("PONG"))
        }
    }

    @Test func `a frozen server times out once, then fails fast, then is found again`() async throws {
        let server = try RedisServer()
        try await withClient(server.url, timeout: .milliseconds(300)) { client in
            server.signal(SIGSTOP)
            await #expect(throws: RedisError.timedOut) { try await client.command(["PING"]) }
            try await eventually { !client.isConnected }
            await #expect(throws: RedisError.unavailable) { try await client.command(["PING"]) }
            server.signal(SIGCONT)
            try await eventually { client.isConnected }
            #expect(try await client.command(["PING"]) == .status("PONG"))
        }
    }

    @Test func `commands behind a late answer do not wait for it`() async throws {
        let server = try RedisServer()
        try await withClient(server.url, timeout: .milliseconds(300)) { client in
            server.signal(SIGSTOP)
            defer { server.signal(SIGCONT) }
            let start = ContinuousClock.now
            let failures = await withTaskGroup(of: RedisError?.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        do {
                            _ = try await client.command(["PING"])
                            return nil
                        } catch {
                            return error as? RedisError
                        }
                    }
                }
                return await group.reduce(into: [RedisError?]()) { $0.append($1) }
            }
            #expect(failures.allSatisfy { $0 == .timedOut || $0 == .unavailable })
            #expect(failures.contains(.timedOut))
            // One after the other they would take thirty.
            #expect(start.duration(to: .now) < .seconds(25))
        }
    }

    @Test func `pauses between attempts grow, differ and stay below three seconds`() {
        let pauses = (0..<200).map { Reconnection.pause(afterFailures: $0) }
        #expect(pauses[0] <= .milliseconds(20))
        #expect(pauses[7] >= .milliseconds(1280))
        #expect(pauses.allSatisfy { $0 < .seconds(3) })
        #expect(Set(pauses[10...]).count > 1)
    }
}
