import Metrics

/// How many requests were sent, for what, how they ended and how long they took. No label contains what a stranger can make up.
enum OutboundMeters {
    static func record(_ purpose: OutboundPurpose, outcome: String, elapsed: Duration) {
        Counter(label: "outbound_requests_total", dimensions: [("purpose", purpose.name), ("outcome", outcome)]).increment()
        let duration = Metrics.Timer(label: "outbound_request_duration_seconds", dimensions: [("purpose", purpose.name)])
        duration.record(duration: elapsed)
    }
}

/// What a request is for, as the metrics name it.
package struct OutboundPurpose: Sendable, ExpressibleByStringLiteral {
    let name: String

    /// Literals only: a purpose is part of the program.
    package init(stringLiteral name: StaticString) {
        self.name = "\(name)"
    }
}
