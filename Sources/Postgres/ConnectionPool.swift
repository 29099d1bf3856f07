package import FoundationEssentials
package import Logging
import Synchronization

/// Access to PostgreSQL: batches in one round trip and explicit transactions, on a fixed number of connections.
/// 2-3 connections per core are best; beyond that they compete for the processor.
package final class ConnectionPool: Sendable {
    package struct Configuration: Sendable {
        package var url: String
        package var size: Int
        /// How long a request may wait for a connection, and for a server that is away.
        package var acquireTimeout: Duration
        package var statementTimeout: Duration
        package var preparedStatements: PreparedStatements
        package var applicationName: String
        /// How many requests of one tenant may wait at once; more are refused.
        package var longestLine: Int
        /// Told of what is sent, on the connection's thread.
        package var observer: (@Sendable ([SQL]) -> Void)?

        package init(
            url: String,
            size: Int = 4,
            acquireTimeout: Duration = .seconds(5),
            statementTimeout: Duration = .seconds(15),
            preparedStatements: PreparedStatements = .named,
            applicationName: String = "tenure",
            longestLine: Int = 256,
            observer: (@Sendable ([SQL]) -> Void)? = nil
        ) {
            self.url = url
            self.size = size
            self.acquireTimeout = acquireTimeout
            self.statementTimeout = statementTimeout
            self.preparedStatements = preparedStatements
            self.applicationName = applicationName
            self.longestLine = longestLine
            self.observer = observer
        }
    }

    package struct Statistics: Sendable, Equatable {
        /// How many are connected; the others connect when they are needed.
        package let open: Int
        /// How many are free for the next request, connected or not.
        package let idle: Int
        package let waiting: Int
        /// All statements sent, BEGIN and COMMIT included.
        package let statements: Int
    }

    private let configuration: Configuration
    private let dispatcher: Dispatcher
    private let loops: [Task<Void, Never>]

    package init(_ configuration: Configuration, logger: Logger) {
        self.configuration = configuration
        let settings = Session.Settings(configuration)
        let outage = Outage(patience: configuration.acquireTimeout)
        let connections = (0..<max(1, configuration.size)).map { _ in Connection(settings, outage: outage, logger: logger) }
        let dispatcher = Dispatcher(connections: connections, longestLine: configuration.longestLine, outage: outage)
        self.dispatcher = dispatcher
        loops = connections.map { connection in Task { await connection.serve(dispatcher) } }
    }

    deinit {
        dispatcher.close()
    }

    /// A connection to the same server with the same account, for a thread that must not wait for the pool.
    package func separateConnection() -> SeparateConnection { SeparateConnection(Session.Settings(configuration)) }

    /// Runs all statements in one implicit transaction and one round trip, and returns the rows of each. An error undoes all of them. A
    /// serialization failure or deadlock is tried again, since nothing happened.
    ///
    /// - Parameter tenant: whose share of the connections it takes; nil for no tenant in particular.
    package func pipeline(_ statements: [SQL], for tenant: UUID? = nil) async throws(PostgresError) -> [Rows] {
        var failures = 0
        while true {
            do {
                return try await runOnce(statements, for: tenant)
            } catch {
                failures += 1
                guard error.kind == .serialization, failures < 3 else { throw error }
            }
        }
    }

    package func query(_ statement: SQL, for tenant: UUID? = nil) async throws(PostgresError) -> Rows {
        try await pipeline([statement], for: tenant)[0]
    }

    private func runOnce(_ statements: [SQL], for tenant: UUID?) async throws(PostgresError) -> [Rows] {
        let ticket = dispatcher.nextTicket()
        let now = ContinuousClock.now
        let deadline = now + configuration.acquireTimeout
        let dispatcher = dispatcher
        let outcome: Result<[Rows], PostgresError>
        if let parked = try dispatcher.lend(to: tenant, at: now) {
            let connection = parked.connection
            outcome = await withTaskCancellationHandler {
                await connection.serve(statements, ticket, until: deadline, from: dispatcher, parked)
            } onCancel: {
                connection.canceler.cancel(ticket)
            }
        } else {
            outcome = await withTaskCancellationHandler {
                await withCheckedContinuation { reply in
                    dispatcher.submit(
                        Dispatcher.Request(ticket: ticket, tenant: tenant, deadline: deadline, wish: .batch(statements, reply))
                    )
                    // A cancellation before `submit` found nothing to cancel.
                    if Task.isCancelled { dispatcher.cancel(ticket, of: tenant) }
                }
            } onCancel: {
                dispatcher.cancel(ticket, of: tenant)
            }
        }
        return try outcome.get()
    }

    /// Runs `body` between BEGIN and COMMIT, and starts over, up to `attempts` times, if it lost against another transaction. `preamble` is
    /// sent with BEGIN and the first statement. The body runs on the connection's thread, so its statements need no hops between threads.
    package func transaction<Output: Sendable>(
        _ isolation: Isolation = .readCommitted,
        preamble: [SQL] = [],
        for tenant: UUID? = nil,
        attempts: Int = 3,
        _ body: @Sendable (Transaction) async throws -> Output
    ) async throws -> Output {
        let now = ContinuousClock.now
        let deadline = now + configuration.acquireTimeout
        let parked = try await borrow(for: tenant, at: now, until: deadline)
        let opening = [isolation.begin] + preamble
        return try await parked.connection.transact(opening, attempts: attempts, until: deadline, from: dispatcher, parked, body)
    }

    private func borrow(
        for tenant: UUID?,
        at now: ContinuousClock.Instant,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> Dispatcher.Parked {
        let dispatcher = dispatcher
        if let parked = try dispatcher.lend(to: tenant, at: now) { return parked }
        let ticket = dispatcher.nextTicket()
        let outcome: Result<Dispatcher.Parked, PostgresError> = await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                dispatcher.submit(Dispatcher.Request(ticket: ticket, tenant: tenant, deadline: deadline, wish: .loan(reply)))
                if Task.isCancelled { dispatcher.cancel(ticket, of: tenant) }
            }
        } onCancel: {
            dispatcher.cancel(ticket, of: tenant)
        }
        return try outcome.get()
    }

    package var statistics: Statistics { dispatcher.statistics }

    /// How long a statement may take unless its transaction says otherwise; nil behind a pooler, where a session's settings are anybody's.
    package var statementTimeout: Duration? {
        configuration.preparedStatements == .named ? configuration.statementTimeout : nil
    }

    /// Refuses waiting requests, lets running ones finish, and returns when every connection is closed.
    package func close() async {
        dispatcher.close()
        for loop in loops { await loop.value }
    }
}

extension Session.Settings {
    init(_ configuration: ConnectionPool.Configuration) {
        url = configuration.url
        applicationName = configuration.applicationName
        statementTimeout = configuration.statementTimeout
        preparedStatements = configuration.preparedStatements
        observer = configuration.observer
    }
}
