/// Why a request wasn't sent, or got no answer. The messages are for whoever gave the address.
package enum OutboundError: Error, Equatable, Sendable {
    case badAddress(String)
    /// Strangers may not make us connect there.
    case forbiddenAddress(host: String)
    case unresolved(host: String)
    case unreachable(host: String, reason: String)
    /// Too many requests to that host are in progress.
    case busy(host: String)
    case timedOut(host: String)
    case answerTooLarge(limit: Int)
    case badRedirect(String)
}

extension OutboundError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badAddress(let words), .badRedirect(let words): words
        case .forbiddenAddress(let host): "\(host) is not on the public Internet."
        case .unresolved(let host): "There is no host \(host)."
        case .unreachable(let host, let reason): "\(host) can't be reached: \(reason)"
        case .busy(let host): "Too many requests to \(host) are in progress."
        case .timedOut(let host): "\(host) took too long to answer."
        case .answerTooLarge(let limit): "The answer is larger than \(limit) bytes."
        }
    }

    var outcome: String {
        switch self {
        case .badAddress: "bad_address"
        case .forbiddenAddress: "forbidden_address"
        case .unresolved: "unresolved"
        case .unreachable: "unreachable"
        case .busy: "busy"
        case .timedOut: "timed_out"
        case .answerTooLarge: "answer_too_large"
        case .badRedirect: "bad_redirect"
        }
    }
}
