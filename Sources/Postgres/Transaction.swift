import Synchronization

package enum Isolation: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"

    var begin: SQL {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        }
    }
}

/// An explicit transaction, valid inside its body only. BEGIN goes out with the first statement, so a body that never queries costs no
/// round trip.
package final class Transaction: Sendable {
    enum Phase {
        case new
        case open
        case over
    }

    struct State {
        var phase = Phase.new
        /// What goes out ahead of the next statement.
        var queued: [SQL] = []
        /// The error that ended it early: the server accepts nothing but a rollback afterwards.
        var failure: PostgresError?
    }

    let opening: [SQL]
    let state = Mutex(State())
    private let connection: Connection
    private let tickets: Dispatcher

    init(on connection: Connection, opening: [SQL], tickets: Dispatcher) {
        self.connection = connection
        self.opening = opening
        self.tickets = tickets
    }

    package func query(_ statement: SQL) async throws(PostgresError) -> Rows {
        try await run([statement], committing: false)[0]
    }

    /// How many rows the statement touched.
    @discardableResult
    package func execute(_ statement: SQL) async throws(PostgresError) -> Int {
        try await run([statement], committing: false)[0].affectedRows
    }

    /// Sent ahead of the next statement or COMMIT, in the same round trip; its errors are thrown there.
    package func queue(_ statement: SQL) {
        state.withLock { $0.queued.append(statement) }
    }

    /// Sends BEGIN, if it has not been sent. From here on the transaction has a server connection even behind a pooler.
    package func begin() async throws(PostgresError) {
        guard state.withLock({ $0.phase == .new }) else { return }
        _ = try await run([], committing: false)
    }

    /// Sends what is queued.
    package func flush() async throws(PostgresError) {
        guard !state.withLock({ $0.queued.isEmpty }) else { return }
        _ = try await run([], committing: false)
    }

    /// Several statements in one round trip.
    @discardableResult
    package func pipeline(_ statements: [SQL]) async throws(PostgresError) -> [Rows] {
        try await run(statements, committing: false)
    }

    /// The last statements and COMMIT in one round trip. Nothing can follow.
    @discardableResult
    package func last(_ statements: [SQL]) async throws(PostgresError) -> [Rows] {
        try await run(statements, committing: true)
    }

    /// What must be sent before anything else: BEGIN, if it has not been, and what was queued.
    fileprivate func takeAhead() -> [SQL] {
        state.withLock { state in
            defer { state.queued = [] }
            return (state.phase == .new ? opening : []) + state.queued
        }
    }

    private func run(_ statements: [SQL], committing: Bool) async throws(PostgresError) -> [Rows] {
        let ticket = tickets.nextTicket()
        let outcome: Result<[Rows], PostgresError> = await withTaskCancellationHandler {
            await connection.outcome(of: statements, in: self, ticket: ticket, committing: committing)
        } onCancel: {
            connection.canceler.cancel(ticket)
        }
        return try outcome.get()
    }
}

extension Connection {
    /// Runs without interruption on the connection's thread, so that parallel statements of one body cannot get between BEGIN and the rest.
    fileprivate func outcome(
        of statements: [SQL],
        in transaction: Transaction,
        ticket: UInt64,
        committing: Bool
    ) -> Result<[Rows], PostgresError> {
        let state = transaction.state.withLock { $0 }
        if let failure = state.failure { return .failure(failure) }
        if state.phase == .over { return .failure(.transactionOver) }
        let ahead = transaction.takeAhead()
        let closing: [SQL] = committing ? ["COMMIT"] : []
        do {
            let rows = try run(ahead + statements + closing, ticket: ticket)
            transaction.state.withLock { $0.phase = committing ? .over : .open }
            return .success(Array(rows[ahead.count..<(ahead.count + statements.count)]))
        } catch {
            transaction.state.withLock { $0.failure = error }
            return .failure(error)
        }
    }

    /// The whole life of a transaction, with its attempts. The connection is returned on this thread, as in `serve`.
    func transact<Output: Sendable>(
        _ opening: [SQL],
        attempts: Int,
        until deadline: ContinuousClock.Instant,
        from dispatcher: Dispatcher,
        _ parked: Dispatcher.Parked,
        _ body: @Sendable (Transaction) async throws -> Output
    ) async throws -> Output {
        defer { dispatcher.release(parked) }
        var pause = Backoff(first: .milliseconds(5), longest: .milliseconds(100))
        var attempt = 1
        while true {
            try await ready(until: deadline)
            let transaction = Transaction(on: self, opening: opening, tickets: dispatcher)
            do {
                let output = try await body(transaction)
                try commit(transaction)
                return output
            } catch {
                rollBack(transaction)
                // The body may have wrapped the error: the transaction's own failure decides.
                let isLost = transaction.state.withLock { $0.failure?.kind } == .serialization
                guard isLost, attempt < attempts else { throw error }
            }
            attempt += 1
            try await Task.sleep(for: pause.next())
        }
    }

    private func commit(_ transaction: Transaction) throws(PostgresError) {
        let state = transaction.state.withLock { $0 }
        // A COMMIT now would be answered with a silent ROLLBACK: the body must not believe that it succeeded.
        if let failure = state.failure { throw failure }
        guard state.phase == .open || !state.queued.isEmpty else {
            transaction.state.withLock { $0.phase = .over }
            return
        }
        if state.phase == .over { throw .transactionOver }
        do {
            _ = try finish(transaction.takeAhead() + ["COMMIT"])
            transaction.state.withLock { $0.phase = .over }
        } catch {
            transaction.state.withLock { $0.failure = error }
            throw error
        }
    }

    private func rollBack(_ transaction: Transaction) {
        transaction.state.withLock { $0.phase = .over }
        guard isInTransaction else { return }
        do {
            _ = try finish(["ROLLBACK"])
        } catch {
            // The server rolls back what a lost connection left open.
            disconnect(because: error)
        }
    }
}

extension PostgresError {
    fileprivate static let transactionOver = PostgresError(.other, "the transaction is over")
}
