package import Metrics
import Synchronization

/// Keeps what the process counts and measures, for Prometheus to fetch. A family never holds more than `seriesLimit` series, or as many as
/// were expected of it. Any more share one, labeled `overflow`, so labels that clients can make up cost no memory.
package final class MetricsRegistry: MetricsFactory, Sendable {
    private struct State {
        var families: [String: MetricFamily] = [:]
        var expected: [String: Int] = [:]
        var collectors: [@Sendable () -> Void] = []
    }

    private let seriesLimit: Int
    private let state = Mutex(State())

    package init(seriesLimit: Int = 1000) {
        self.seriesLimit = seriesLimit
    }

    /// Makes room for the series that the declarations can produce. `name` is the family's in Prometheus.
    package func expect(_ series: Int, of name: String) {
        state.withLock { $0.expected[name] = series }
    }

    /// Runs before each rendering: the place to set a gauge whose value is kept elsewhere, such as a pool's size.
    package func beforeRendering(_ collector: @escaping @Sendable () -> Void) {
        state.withLock { $0.collectors.append(collector) }
    }

    /// The families by name, each with its series in a fixed order.
    package func families() -> [MetricFamily] {
        // A collector calls back into this factory, so it runs without the lock.
        for collect in state.withLock({ $0.collectors }) { collect() }
        return state.withLock { $0.families.values.sorted { $0.name < $1.name } }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, .counter, dimensions) { CounterSeries() }
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(label, .counter, dimensions) { CounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions) { GaugeSeries() }
    }

    /// A recorder that does not aggregate is a gauge.
    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate {
            series(label, .histogram, dimensions) { HistogramSeries(bounds: HistogramSeries.amounts) }
        } else {
            series(label, .gauge, dimensions) { GaugeSeries() }
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, .timer, dimensions) { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    // A series is kept for good: Prometheus would take a counter that vanishes and returns for one that was reset.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func series<S: MetricSeries>(
        _ label: String,
        _ kind: MetricFamily.Kind,
        _ dimensions: [(String, String)],
        make: () -> S
    ) -> S {
        let name = metricName(label, kind)
        return state.withLock { state in
            var family = state.families[name] ?? MetricFamily(name: name, kind: kind)
            let labels = MetricLabels(dimensions)
            if let known = family.series[labels] as? S { return known }
            // A name has one type in Prometheus: a second use with another type isn't recorded.
            guard family.kind == kind, family.series[labels] == nil else { return make() }
            let place = family.series.count < max(seriesLimit, state.expected[name] ?? 0) ? labels : .overflow
            let series = family.series[place] as? S ?? make()
            family.series[place] = series
            state.families[name] = family
            return series
        }
    }
}
