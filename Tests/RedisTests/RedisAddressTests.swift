import Testing

@testable import Redis

@Suite struct RedisAddressTests {
    @Test func `a URL says where and who`() throws {
        let full = try RedisAddress("redis://ann:p%40ss@cache.example:6380/5")
        #expect(full.endpoint == .tcp(host: "cache.example", port: 6380))
        #expect(full.greeting == [["AUTH", "ann", "p@ss"], ["SELECT", 5], ["PING"]])
        let plain = try RedisAddress("redis://localhost")
        #expect(plain.endpoint == .tcp(host: "localhost", port: 6379))
        #expect(plain.greeting == [["PING"]])
        #expect(try RedisAddress("redis://[::1]:7000").endpoint == .tcp(host: "::1", port: 7000))
        let socket = try RedisAddress("unix://:secret@/run/redis/socket?database=2")
        #expect(socket.endpoint == .unix(path: "/run/redis/socket"))
        #expect(socket.greeting == [["AUTH", "secret"], ["SELECT", 2], ["PING"]])
    }

    @Test(arguments: ["", "redis://", "http://localhost", "rediss://localhost", "redis://localhost/x", "redis://localhost/-1", "unix://"])
    func `a URL that means nothing is refused`(url: String) {
        #expect(throws: RedisError.self) { try RedisAddress(url) }
    }
}
