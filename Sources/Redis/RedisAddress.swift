import FoundationEssentials

/// Where Redis is and how to sign in: `redis://[user][:password]@host[:port][/database]` or `unix://[user][:password]@/path[?database=n]`.
struct RedisAddress: Sendable, Equatable {
    enum Endpoint: Sendable, Equatable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    let endpoint: Endpoint
    let user: String?
    let password: String?
    let database: Int

    init(_ url: String) throws(RedisError) {
        guard let parts = URLComponents(string: url) else { throw .invalidURL("it is not a URL") }
        let databaseText: String?
        switch parts.scheme {
        case "redis":
            guard let host = parts.host, !host.isEmpty else { throw .invalidURL("it names no host") }
            endpoint = .tcp(host: host.trimmingBrackets, port: parts.port ?? 6379)
            databaseText = parts.path.isEmpty || parts.path == "/" ? nil : String(parts.path.dropFirst())
        case "unix":
            guard parts.path.count > 1 else { throw .invalidURL("it names no socket") }
            endpoint = .unix(path: parts.path)
            databaseText = parts.queryItems?.first { $0.name == "database" }?.value
        default:
            throw .invalidURL("its scheme is neither redis nor unix")
        }
        guard let database = Int(databaseText ?? "0"), database >= 0 else { throw .invalidURL("its database is not a number") }
        self.database = database
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        password = parts.password
    }

    /// The commands that set up a new connection. PING tells whether Redis is still loading its data.
    var greeting: [[RedisArgument]] {
        var commands: [[RedisArgument]] = []
        if let password {
            commands.append(["AUTH"] + (user.map { [.text($0)] } ?? []) + [.text(password)])
        }
        if database != 0 { commands.append(["SELECT", .integer(database)]) }
        commands.append(["PING"])
        return commands
    }
}

extension String {
    /// `URLComponents` keeps the brackets of `[::1]`; the resolver wants them off.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
