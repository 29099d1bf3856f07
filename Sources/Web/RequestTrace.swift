import HTTPTypes
import Kernel

/// What is known about a request while it is served; at its end one log line and the metrics.
struct RequestTrace {
    /// The path template, or a fixed word if no endpoint was found: never the path itself, whose values clients can make up.
    var template = "unknown"
    var caller: Caller?
    var failure: Failure?
    /// For the response, however the request ends.
    var headers: [(HTTPField.Name, String)] = []
    /// Whether reading the body has begun: it can be iterated once.
    var bodyIsTouched = false
}
