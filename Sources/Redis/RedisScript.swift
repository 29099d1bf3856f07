import Synchronization

/// A Lua script that runs inside Redis. Redis names scripts by a digest and may forget them at any time, so the digest is learned by
/// loading the script, and again if Redis no longer knows it.
package final class RedisScript: Sendable {
    fileprivate let source: String
    fileprivate let digest = Mutex<String?>(nil)

    package init(_ source: String) {
        self.source = source
    }
}

extension RedisClient {
    /// Runs a script. Every key it touches is declared, and in a cluster they share a hash tag.
    package func script(
        _ script: RedisScript,
        keys: [String],
        arguments: [RedisArgument] = []
    ) async throws(RedisError) -> RedisValue {
        let parameters = [.integer(keys.count)] + keys.map { .text($0) } + arguments
        if let digest = script.digest.withLock({ $0 }) {
            do {
                return try await command(["EVALSHA", .text(digest)] + parameters)
            } catch  where error.code == "NOSCRIPT" {
                // Nothing ran: load it below and run it then.
            }
        }
        let digest = try await load(script)
        return try await command(["EVALSHA", .text(digest)] + parameters)
    }

    private func load(_ script: RedisScript) async throws(RedisError) -> String {
        let value = try await command(["SCRIPT", "LOAD", .text(script.source)])
        guard let digest = value.text else { throw .unexpectedReply("SCRIPT LOAD: \(value)") }
        script.digest.withLock { $0 = digest }
        return digest
    }
}
