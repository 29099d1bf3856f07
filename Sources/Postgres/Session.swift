import CLibPQ
import Glibc

/// One libpq connection in pipeline mode. Not thread-safe and blocking throughout: it lives inside a `Connection`.
final class Session {
    struct Settings: Sendable {
        var url: String
        var applicationName = "tenure"
        /// Zero means none.
        var statementTimeout: Duration = .zero
        var preparedStatements = PreparedStatements.named
        var connectTimeout: Duration = .seconds(5)
        var observer: (@Sendable ([SQL]) -> Void)?
    }

    let handle: OpaquePointer
    let cancelKey: CancelKey
    var cache: StatementCache?
    var arguments = ArgumentBuffer()
    /// Unusable: libpq's state is unknown.
    var isBroken = false

    init(_ settings: Settings) throws(PostgresError) {
        let handle = try Self.connect(settings)
        guard let key = CancelKey(of: handle) else {
            PQfinish(handle)
            throw PostgresError(.connection, "no cancel key")
        }
        self.handle = handle
        cancelKey = key
        cache = settings.preparedStatements == .named ? StatementCache() : nil
        // Else libpq prints notices to standard error.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        // ISO dates in UTC are what the decoders read. Compiling a plan takes longer than the short statements of a request. A page is read along
        // an index that is in memory or on a solid-state disk: the default cost is that of a turning disk, where sorting all rows seems cheaper.
        let timeout = Int(settings.statementTimeout / .milliseconds(1))
        try execute(
            """
            SET DateStyle = 'ISO, YMD'; SET TimeZone = 'UTC'; SET client_encoding = 'UTF8'; SET jit = off; SET random_page_cost = 1.1;
            SET statement_timeout = \(timeout)
            """
        )
        PQenterPipelineMode(handle)
    }

    deinit {
        PQfinish(handle)
    }

    /// Checks the socket without blocking, so that a backend that died while idle is noticed before anything is sent. An idle server only
    /// says that it is closing, or that a setting was reloaded; a new connection is right for both.
    func isAlive() -> Bool {
        guard !isBroken, PQstatus(handle) == CONNECTION_OK else { return false }
        var byte: UInt8 = 0
        return recv(PQsocket(handle), &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0 && errno == EAGAIN
    }

    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Runs a script of any number of statements with the simple protocol, outside the pipeline.
    func script(_ text: String) throws(PostgresError) {
        guard PQexitPipelineMode(handle) == 1 else { throw PostgresError(connection: handle) }
        defer { PQenterPipelineMode(handle) }
        try execute(text)
    }

    private func execute(_ text: String) throws(PostgresError) {
        guard let result = PQexec(handle, text) else { throw PostgresError(connection: handle) }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw PostgresError(.other, "COPY through the client is not supported")
        default: throw PostgresError(result: result)
        }
    }

    private static func connect(_ settings: Settings) throws(PostgresError) -> OpaquePointer {
        let seconds = max(2, Int(settings.connectTimeout / .seconds(1)))
        // What comes before `dbname` is a default that the URL overrides. A partitioned network must not block a thread forever.
        let defaults = [
            ("connect_timeout", "\(seconds)"), ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("fallback_application_name", settings.applicationName), ("dbname", settings.url),
        ]
        let keywords = defaults.map { strdup($0.0) }
        let values = defaults.map { strdup($0.1) }
        defer {
            for pointer in keywords + values { free(pointer) }
        }
        let handle = PQconnectdbParams(keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
        guard let handle, PQstatus(handle) == CONNECTION_OK else {
            let error = PostgresError(connection: handle)
            PQfinish(handle)
            throw error
        }
        return handle
    }
}

/// Named statements are parsed once per connection. PgBouncer 1.18 in transaction mode needs unnamed ones, and there
/// `statement_timeout` belongs on the role, since a setting of the session stays behind on a shared backend.
package enum PreparedStatements: String, CaseIterable, Sendable {
    case named
    case unnamed
}
