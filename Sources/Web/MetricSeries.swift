import Metrics
import Synchronization

/// One time series, which a handler of swift-metrics writes to.
package protocol MetricSeries: AnyObject, Sendable {
    var value: MetricValue { get }
}

package enum MetricValue: Sendable {
    case number(Double)
    /// `counts` has one more than `bounds`, for values above all of them.
    case histogram(bounds: [Double], counts: [UInt64], sum: Double)
}

final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    private let total = Mutex(0.0)

    var value: MetricValue { .number(total.withLock { $0 }) }

    func increment(by amount: Int64) {
        increment(by: Double(amount))
    }

    /// A counter only rises.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        total.withLock { $0 += amount }
    }

    func reset() {
        total.withLock { $0 = 0 }
    }
}

final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let current = Mutex(0.0)

    var value: MetricValue { .number(current.withLock { $0 }) }

    func set(_ value: Int64) {
        set(Double(value))
    }

    func set(_ value: Double) {
        current.withLock { $0 = value }
    }

    func increment(by amount: Double) {
        current.withLock { $0 += amount }
    }

    func decrement(by amount: Double) {
        increment(by: -amount)
    }

    func record(_ value: Int64) {
        set(Double(value))
    }

    func record(_ value: Double) {
        set(value)
    }
}

final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    // Durations of rules and requests, 0.1 ms to 10 s.
    static let seconds = [0.0001, 0.0002, 0.0003, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    // Amounts such as bytes or instructions: 1 to 10^9.
    static let amounts = (0...9).map { exponent in (0..<exponent).reduce(1.0) { product, _ in product * 10 } }

    private struct State {
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var value: MetricValue {
        state.withLock { .histogram(bounds: bounds, counts: $0.counts, sum: $0.sum) }
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1_000_000_000)
    }
}
