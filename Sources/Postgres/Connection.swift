import CLibPQ
import Logging
import Synchronization

/// A connection on a thread of its own, where it may block: measured, that beats every non-blocking way to drive libpq.
/// It connects when first needed and again when its backend is gone.
actor Connection: BlockingActor {
    nonisolated let canceler = Canceler()
    private nonisolated let executor = ThreadExecutor()
    private let settings: Session.Settings
    private let logger: Logger
    private let outage: Outage
    private nonisolated let holdsSession = Atomic(false)
    private nonisolated let sent = Atomic(0)
    private var session: Session? {
        didSet { holdsSession.store(session != nil, ordering: .relaxed) }
    }

    nonisolated var isOpen: Bool { holdsSession.load(ordering: .relaxed) }
    /// Statements since it was made.
    nonisolated var statements: Int { sent.load(ordering: .relaxed) }
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ settings: Session.Settings, outage: Outage, logger: Logger) {
        self.settings = settings
        self.outage = outage
        self.logger = logger
    }

    /// Runs a batch for the calling task; canceling the task cancels the batch.
    func run(_ statements: [SQL], ticket: UInt64) throws(PostgresError) -> [Rows] {
        beginForCaller(ticket)
        return try runAdmitted(statements, ticket: ticket)
    }

    func beginForCaller(_ ticket: UInt64) {
        canceler.begin(ticket)
        // A cancellation before `begin` found no ticket to heed.
        if Task.isCancelled { canceler.cancel(ticket) }
    }

    /// As `run`, after `canceler.begin`.
    func runAdmitted(_ statements: [SQL], ticket: UInt64) throws(PostgresError) -> [Rows] {
        guard let session else {
            canceler.end()
            throw PostgresError(.connection, "not connected")
        }
        guard canceler.admit(ticket, key: session.cancelKey) else {
            canceler.end()
            throw .canceledTask
        }
        sent.add(statements.count, ordering: .relaxed)
        settings.observer?(statements)
        do {
            let rows = try session.run(statements)
            canceler.end()
            return rows
        } catch {
            let wasCanceled = canceler.end()
            if session.isBroken || error.kind == .connection { disconnect(because: error) }
            throw wasCanceled && error.kind == .statementTimeout ? .canceledTask : error
        }
    }

    /// Runs what no cancellation may stop, such as a ROLLBACK.
    func finish(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        guard let session else { throw PostgresError(.connection, "the connection was lost") }
        sent.add(statements.count, ordering: .relaxed)
        settings.observer?(statements)
        do {
            return try session.run(statements)
        } catch {
            if session.isBroken || error.kind == .connection { disconnect(because: error) }
            throw error
        }
    }

    func script(_ text: String) throws(PostgresError) {
        guard let session else { throw PostgresError(.connection, "the connection was lost") }
        try session.script(text)
    }

    var isInTransaction: Bool { session?.isInTransaction ?? false }

    /// Call this before starting anything on the connection. If the server is away, it keeps trying until `deadline`.
    func ready(until deadline: ContinuousClock.Instant) async throws(PostgresError) {
        if let session, session.isAlive() { return }
        if session != nil { logger.info("PostgreSQL closed an idle connection; connecting again") }
        session = nil
        var pause = Backoff(first: .milliseconds(50), longest: .seconds(1))
        while true {
            do {
                session = try Session(settings)
                if outage.end() { logger.notice("PostgreSQL is back") }
                return
            } catch {
                let wait = pause.next()
                if outage.note(error, nextTry: wait) {
                    logger.error("PostgreSQL cannot be reached", metadata: ["error": "\(error)"])
                }
                if .now + wait > deadline { throw error }
                do { try await Task.sleep(for: wait) } catch { throw .canceledTask }
            }
        }
    }

    func disconnect(because error: PostgresError) {
        if session != nil { logger.warning("connection to PostgreSQL lost", metadata: ["error": "\(error)"]) }
        session = nil
    }

    /// Ends the session, and the thread with it.
    func close() {
        session = nil
        executor.retire()
    }
}

extension PostgresError {
    static let canceledTask = PostgresError(.canceled, "the task was canceled", sqlState: "57014")
}
