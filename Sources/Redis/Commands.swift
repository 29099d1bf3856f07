/// The commands in use, typed. Anything else goes through `command(_:)`.
extension RedisClient {
    package func get(_ key: String) async throws(RedisError) -> [UInt8]? {
        try await command(["GET", .text(key)]).bytes
    }

    /// The values in the order of the keys. In a cluster all keys have to share a hash tag.
    package func mget(_ keys: [String]) async throws(RedisError) -> [[UInt8]?] {
        guard !keys.isEmpty else { return [] }
        let value = try await command(["MGET"] + keys.map { .text($0) })
        guard let values = value.array else { throw .unexpectedReply("MGET: \(value)") }
        return values.map(\.bytes)
    }

    package func set(_ key: String, to value: RedisArgument, expiresAfter lifetime: Duration? = nil) async throws(RedisError) {
        var arguments: [RedisArgument] = ["SET", .text(key), value]
        if let lifetime { arguments += ["PX", .integer(lifetime.wholeMilliseconds)] }
        _ = try await command(arguments)
    }

    /// Whether the key existed.
    @discardableResult
    package func expire(_ key: String, after lifetime: Duration) async throws(RedisError) -> Bool {
        try await integer(["PEXPIRE", .text(key), .integer(lifetime.wholeMilliseconds)]) == 1
    }

    /// How many of the keys existed.
    @discardableResult
    package func delete(_ keys: [String]) async throws(RedisError) -> Int {
        guard !keys.isEmpty else { return 0 }
        return try await integer(["DEL"] + keys.map { .text($0) })
    }

    /// How many connections received the message; in a cluster only those of the same node are counted.
    @discardableResult
    package func publish(_ payload: RedisArgument, to channel: String) async throws(RedisError) -> Int {
        try await integer(["PUBLISH", .text(channel), payload])
    }

    private func integer(_ arguments: [RedisArgument]) async throws(RedisError) -> Int {
        let value = try await command(arguments)
        guard let number = value.integer else { throw .unexpectedReply("\(arguments.first ?? ""): \(value)") }
        return number
    }
}

extension Duration {
    /// Never zero, which Redis refuses as a time to live.
    fileprivate var wholeMilliseconds: Int {
        max(1, Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
    }
}
