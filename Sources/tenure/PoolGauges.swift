import Metrics
import Postgres
import Rules
import Web

/// The state of the pools at the moment that metrics are fetched.
extension MetricsRegistry {
    func record(_ pool: ConnectionPool.Statistics, of name: String) {
        for (state, count) in [("open", pool.open), ("idle", pool.idle), ("waiting", pool.waiting)] {
            Gauge(label: "tenure_pool_\(state)", dimensions: [("pool", name)], factory: self).record(count)
        }
    }

    func record(_ runners: RunnerPool.Statistics) {
        for (state, count) in [("busy", runners.busy), ("idle", runners.idle), ("waiting", runners.waiting)] {
            Gauge(label: "tenure_rule_runners_\(state)", factory: self).record(count)
        }
    }
}
