import HTTPTypes
import Kernel
import Logging

/// Writes one log line and the metrics at the end of a request. A server error is logged once, here, with its cause.
struct RequestLog: Sendable {
    /// Other methods count as one: clients must not be able to make up a label's values.
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    let logger: Logger
    private let meters = RequestMeters()

    init(logger: Logger) {
        self.logger = logger
    }

    func write(_ trace: RequestTrace, method: HTTPRequest.Method, status: Int, info: RequestInfo) {
        let method = Self.methods.contains(method) ? method.rawValue : "OTHER"
        let elapsed = info.started.duration(to: .now)
        meters.record(method: method, path: trace.template, status: status, elapsed: elapsed)
        // Turned away because the server is busy: a flood must not fill the log, and the metrics count it.
        let isTurnedAway = trace.failure.map { $0.kind == .unavailable && $0.cause == nil } ?? false
        let level: Logger.Level = status >= 500 && !isTurnedAway ? .error : .info
        guard logger.logLevel <= level else { return }
        logger.log(level: level, "request", metadata: metadata(trace, method, status, info, elapsed))
    }

    private func metadata(
        _ trace: RequestTrace,
        _ method: String,
        _ status: Int,
        _ info: RequestInfo,
        _ elapsed: Duration
    ) -> Logger.Metadata {
        let microseconds = elapsed.components.seconds * 1_000_000 + elapsed.components.attoseconds / 1_000_000_000_000
        var metadata: Logger.Metadata = [
            "method": "\(method)", "path": "\(trace.template)", "status": "\(status)", "microseconds": "\(microseconds)",
            "requestId": "\(info.requestID)",
        ]
        if let caller = trace.caller {
            metadata["tenant"] = "\(caller.tenant)"
            if let user = caller.user { metadata["user"] = "\(user)" }
        }
        guard let failure = trace.failure else { return metadata }
        metadata["code"] = "\(failure.code)"
        // A client error's cause quotes what the client sent, which may be personal.
        if status >= 500 { metadata["cause"] = "\(failure.cause.map { String(describing: $0) } ?? failure.message)" }
        return metadata
    }
}
