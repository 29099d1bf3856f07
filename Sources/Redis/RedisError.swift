/// Why a command has no answer. `unavailable` comes at once, whenever there is no connection: the caller decides what to do without Redis.
package enum RedisError: Error, Equatable, Sendable {
    /// No connection, or it ended before the answer came; a write may or may not have happened.
    case unavailable
    /// The answer did not come in time; a write may or may not have happened.
    case timedOut
    /// Redis answered with an error, such as `WRONGTYPE Operation against a key ...`.
    case refused(String)
    /// The reply is not of the type that the command promises.
    case unexpectedReply(String)
    case invalidURL(String)

    /// The first word of Redis' error message, such as `NOSCRIPT`.
    package var code: Substring? {
        guard case .refused(let message) = self else { return nil }
        return message.prefix { $0 != " " }
    }
}
