import Foundation
import Testing

@testable import Redis

@Suite struct RedisClientTests {
    @Test func `a value comes back byte for byte`() async throws {
        try await withClient { client in
            let bytes = Array(UInt8.min...UInt8.max) + Array("\r\n$-1\r\n".utf8) + [0]
            let key = fresh("bytes")
            try await client.set(key, to: .bytes(bytes), expiresAfter: .seconds(60))
            #expect(try await client.get(key) == bytes)
        }
    }

    @Test func `an empty value is not a missing one`() async throws {
        try await withClient { client in
            let key = fresh("empty")
            try await client.set(key, to: "", expiresAfter: .seconds(60))
            #expect(try await client.get(key) == [])
            #expect(try await client.get(fresh("missing")) == nil)
        }
    }

    @Test func `sixteen megabytes survive between small commands`() async throws {
        try await withClient { client in
            let large = (0..<16_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let key = fresh("large")
            try await client.set(key, to: .bytes(large), expiresAfter: .seconds(60))
            async let small = client.command(["PING"])
            async let value = client.get(key)
            async let other = client.command(["ECHO", "after"])
            #expect(try await small == .status("PONG"))
            #expect(try await value == large)
            #expect(try await other == .bulk(Array("after".utf8)))
            try await client.delete([key])
        }
    }

    @Test func `ten thousand commands at once each get their own answer`() async throws {
        try await withClient { client in
            let answers = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
                for number in 0..<10_000 {
                    group.addTask { (number, try await client.command(["ECHO", "\(number)"]).text) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 10_000)
            #expect(answers.allSatisfy { $0.1 == String($0.0) })
        }
    }

    @Test func `a refusal carries the words of Redis and spoils nothing else`() async throws {
        try await withClient { client in
            let key = fresh("text")
            try await client.set(key, to: "a", expiresAfter: .seconds(60))
            let error = await #expect(throws: RedisError.self) { try await client.command(["LPUSH", .text(key), "b"]) }
            #expect(error?.code == "WRONGTYPE")
            #expect(try await client.get(key) == Array("a".utf8))
        }
    }

    @Test func `an error inside an array stays inside`() async throws {
        try await withClient { client in
            let value = try await client.command(["EVAL", "return {1, redis.error_reply('ODD one'), {'x', false}}", 0])
            #expect(value == .array([.integer(1), .error("ODD one"), .array([.bulk(Array("x".utf8)), .null])]))
        }
    }

    @Test func `keys are read together, expire and are deleted`() async throws {
        try await withClient { client in
            let (first, second, missing) = ("{a}\(fresh("1"))", "{a}\(fresh("2"))", "{a}\(fresh("3"))")
            try await client.set(first, to: "one")
            try await client.set(second, to: 2, expiresAfter: .seconds(60))
            #expect(try await client.mget([second, missing, first]) == [Array("2".utf8), nil, Array("one".utf8)])
            #expect(try await client.mget([]) == [])
            #expect(try await client.command(["TTL", .text(second)]).integer ?? 0 > 50)
            #expect(try await client.expire(first, after: .seconds(30)))
            #expect(try await client.expire(missing, after: .seconds(30)) == false)
            #expect(try await client.command(["TTL", .text(first)]).integer ?? 0 > 20)
            #expect(try await client.delete([first, second, missing]) == 2)
            #expect(try await client.delete([]) == 0)
        }
    }

    @Test func `a script is loaded when Redis has forgotten it`() async throws {
        let server = try RedisServer()
        let script = RedisScript("return {KEYS[1], ARGV[1]}")
        let expected = RedisValue.array([.bulk(Array("k".utf8)), .bulk(Array("7".utf8))])
        try await withClient(server.url) { client in
            #expect(try await client.script(script, keys: ["k"], arguments: [7]) == expected)
            _ = try await client.command(["SCRIPT", "FLUSH"])
            #expect(try await client.script(script, keys: ["k"], arguments: [7]) == expected)
        }
    }

    @Test func `the URL signs in and selects the database`() async throws {
        let server = try RedisServer("--requirepass", "s3cret/?")
        let url = server.url.replacing("unix://", with: "unix://:s3cret%2F%3F@") + "?database=3"
        try await withClient(url) { client in
            let connection = try await client.command(["CLIENT", "INFO"])
            #expect(connection.text?.contains(" db=3 ") == true)
        }
        let stranger = try RedisClient(url: server.url, logger: quiet)
        let running = Task { await stranger.run() }
        defer { running.cancel() }
        await #expect(throws: RedisError.unavailable) { try await stranger.command(["PING"]) }
        #expect(!stranger.isConnected)
    }

    @Test func `an answer to a command in flight is awaited at shutdown`() async throws {
        let client = try RedisClient(url: sharedURL, logger: quiet, timeout: .seconds(5))
        let running = Task { await client.run() }
        try await eventually { client.isConnected }
        let name = fresh("blocked")
        _ = try await client.command(["CLIENT", "SETNAME", .text(name)])
        async let blocked = client.command(["BLPOP", .text(fresh("queue")), "0.3"])
        try await withClient { observer in
            try await eventually {
                let list = try await observer.command(["CLIENT", "LIST"]).text ?? ""
                return list.split(separator: "\n").contains { $0.contains("name=\(name)") && $0.contains("cmd=blpop") }
            }
        }
        running.cancel()
        #expect(try await blocked == .null)
        await running.value
        await #expect(throws: RedisError.unavailable) { try await client.command(["PING"]) }
    }
}
