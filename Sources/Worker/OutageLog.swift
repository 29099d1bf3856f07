import Logging

/// Logs once that something keeps failing and once that it works again, so that an outage doesn't flood the log.
struct OutageLog {
    private let what: String
    private let logger: Logger
    private var isOn = false

    init(_ what: String, logger: Logger) {
        self.what = what
        self.logger = logger
    }

    mutating func began(_ error: any Error) {
        // A worker that is told to stop cancels its statements.
        guard !isOn, !Task.isCancelled else { return }
        isOn = true
        logger.warning("\(what)", metadata: ["error": "\(error)"])
    }

    mutating func isOver() {
        guard isOn else { return }
        isOn = false
        logger.notice("over: \(what)")
    }
}
