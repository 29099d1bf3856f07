package import Kernel
import Metrics
import Synchronization

/// Request metrics: how many by endpoint and class of status, and how long they took. Meters are made once and kept, because making one
/// means sorting labels under the registry's lock.
final class RequestMeters: Sendable {
    private struct Labels: Hashable {
        let method: String
        let path: String
        let status: Int
    }

    private struct Meters {
        let count: Counter
        let duration: Metrics.Timer
    }

    static let kindsOfStatus = 5
    /// Series for fixed pages, the console's files and what is not found, by any method.
    static let others = 400

    private let meters = Mutex<[Labels: Meters]>([:])

    func record(method: String, path: String, status: Int, elapsed: Duration) {
        let labels = Labels(method: method, path: path, status: status / 100)
        let meters = meters.withLock { known in
            if let meters = known[labels] { return meters }
            let meters = Self.make(labels)
            known[labels] = meters
            return meters
        }
        meters.count.increment()
        meters.duration.recordNanoseconds(elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000)
    }

    private static func make(_ labels: Labels) -> Meters {
        let dimensions = [("method", labels.method), ("path", labels.path)]
        return Meters(
            count: Counter(label: "http_requests_total", dimensions: dimensions + [("status", "\(labels.status)xx")]),
            duration: Metrics.Timer(label: "http_request_duration_seconds", dimensions: dimensions)
        )
    }
}

extension MetricsRegistry {
    /// Makes room for all series of these operations: each by GET or HEAD or its own method, and each class of status.
    package func expectRequests(of operations: [APIOperation]) {
        let endpoints = 2 * operations.count + RequestMeters.others
        expect(endpoints * RequestMeters.kindsOfStatus, of: "http_requests_total")
        expect(endpoints, of: "http_request_duration_seconds")
    }
}
