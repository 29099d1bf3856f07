/// An event after which its subject has another status. The payload has the subject under its kind, with its `status`.
package protocol StatusEvent: Event {}

/// How far a status takes its subject: rules' verdicts and people's decisions are compared by it.
package enum StatusOutcome: Sendable, Hashable {
    case reached(Int)
    case rejected
    case withdrawn
}
