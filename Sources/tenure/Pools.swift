import Kernel
import Logging
import Postgres
import Web

/// The process's connections to PostgreSQL. Whatever must not wait for others has connections of its own; they open when needed.
struct Pools: Sendable {
    /// Tenants' calls and work, as the application's role.
    let requests: ConnectionPool
    /// Sign-in, and what system admins do.
    let `operator`: ConnectionPool
    /// Claims of work, and the numbering of events.
    let worker: ConnectionPool
    let upkeep: ConnectionPool
    /// For reading whole tables: erasures, and the search for files that no row names.
    let heavy: ConnectionPool

    private var named: [(name: String, pool: ConnectionPool)] {
        [("requests", requests), ("operator", `operator`), ("worker", worker), ("upkeep", upkeep), ("heavy", heavy)]
    }

    init(_ settings: Settings, observer: (@Sendable ([SQL]) -> Void)? = nil, _ logger: Logger) {
        func operators(_ name: String, size: Int) -> ConnectionPool {
            ConnectionPool(settings.poolConfiguration(settings.operatorDatabaseURL, "tenure-\(name)", size: size), logger: logger)
        }
        var configuration = settings.poolConfiguration(settings.databaseURL, "tenure", size: settings.poolSize)
        // That of most requests, which then need not set it.
        configuration.statementTimeout = .seconds(TimeBudget.read.seconds)
        configuration.observer = observer
        requests = ConnectionPool(configuration, logger: logger)
        `operator` = operators("operator", size: max(2, settings.poolSize / 2))
        worker = operators("worker", size: 2)
        upkeep = operators("upkeep", size: 1)
        heavy = operators("heavy", size: 2)
    }

    func record(in metrics: MetricsRegistry) {
        for (name, pool) in named { metrics.record(pool.statistics, of: name) }
    }

    func close() async {
        for (_, pool) in named { await pool.close() }
    }
}

extension Settings {
    fileprivate func poolConfiguration(_ url: String, _ name: String, size: Int) -> ConnectionPool.Configuration {
        ConnectionPool.Configuration(url: url, size: size, preparedStatements: preparedStatements, applicationName: name)
    }
}
