/// An event after which its subject stands somewhere else on its way. The payload has the subject under its kind, and that has a `status`.
package protocol StatusEvent: Event {}

/// How far a status takes its subject: what a rule's verdict and people's decision are compared by.
package enum StatusOutcome: Sendable, Hashable {
    case reached(Int)
    case rejected
    case withdrawn
}
