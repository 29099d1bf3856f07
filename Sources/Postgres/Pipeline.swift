import CLibPQ

extension Session {
    /// Runs all statements in one round trip. Statements between two syncs are one implicit transaction (libpq, Pipeline Mode): after an
    /// error none took effect, or, if BEGIN came first, the open transaction has failed.
    func run(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        for statement in statements { try statement.checkBinds() }
        let wasInTransaction = isInTransaction
        var batch = Batch(statements: statements, session: self)
        try batch.run()
        if batch.foundStaleStatement, !wasInTransaction, !isInTransaction {
            cache?.condemnAll()
            batch = Batch(statements: statements, session: self)
            try batch.run()
        }
        if let failure = batch.failure { throw failure }
        return batch.rows
    }
}

/// One batch between two syncs: what was sent, in order, to know what each result is for.
private struct Batch {
    private enum Sent {
        case preparation(of: String)
        case deallocation(of: String)
        /// What is known about it, if it is prepared.
        case statement(StatementCache.Statement?)
    }

    private let statements: [SQL]
    private let session: Session
    private var sent: [Sent] = []
    private(set) var rows: [Rows] = []
    /// The first thing that went wrong; all after it was skipped by the server.
    private(set) var failure: PostgresError?
    private(set) var foundStaleStatement = false

    init(statements: [SQL], session: Session) {
        self.statements = statements
        self.session = session
        sent.reserveCapacity(statements.count + 1)
        rows.reserveCapacity(statements.count)
    }

    /// Throws if the connection broke, which ends the session; a statement's own error is in `failure`.
    mutating func run() throws(PostgresError) {
        do throws(PostgresError) {
            try send()
            for part in sent { try receive(part) }
            guard let sync = PQgetResult(session.handle) else { throw PostgresError(connection: session.handle) }
            defer { PQclear(sync) }
            guard PQresultStatus(sync) == PGRES_PIPELINE_SYNC else { throw PostgresError(result: sync) }
        } catch {
            session.isBroken = true
            // The server's last words (57P01 and the like) say more than libpq's end of file.
            if let failure, failure.kind == .connection { throw failure }
            throw error
        }
    }

    private mutating func send() throws(PostgresError) {
        for name in session.cache?.takeCondemned() ?? [] {
            try check(PQsendQueryParams(session.handle, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0))
            sent.append(.deallocation(of: name))
        }
        for statement in statements { try send(statement) }
        try check(PQpipelineSync(session.handle))
    }

    private mutating func send(_ statement: SQL) throws(PostgresError) {
        let handle = session.handle
        session.arguments.load(statement.binds)
        let prepared = session.cache?.statement(for: statement.text)
        if let (known, isNew) = prepared {
            if isNew {
                try check(PQsendPrepare(handle, known.name, statement.text, 0, nil))
                sent.append(.preparation(of: statement.text))
            }
            let status = session.arguments.withArguments {
                PQsendQueryPrepared(handle, known.name, $0.count, $0.values, $0.lengths, $0.formats, 0)
            }
            try check(status)
        } else {
            let status = session.arguments.withArguments {
                PQsendQueryParams(handle, statement.text, $0.count, nil, $0.values, $0.lengths, $0.formats, 0)
            }
            try check(status)
        }
        sent.append(.statement(prepared?.statement))
    }

    private func check(_ status: Int32) throws(PostgresError) {
        if status != 1 { throw PostgresError(connection: session.handle) }
    }

    private mutating func receive(_ part: Sent) throws(PostgresError) {
        guard let handle = PQgetResult(session.handle) else { throw PostgresError(connection: session.handle) }
        let result = QueryResult(owning: handle)
        switch PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            if case .statement(let known) = part { rows.append(Rows(result: result, columns: columns(of: known, result))) }
        case PGRES_PIPELINE_ABORTED:
            undo(part)
        case PGRES_FATAL_ERROR:
            undo(part)
            try note(result)
        default:
            throw PostgresError(.connection, "COPY through the client is not supported")
        }
        // Each command's results end with a NULL.
        while let extra = PQgetResult(session.handle) { PQclear(extra) }
    }

    private mutating func note(_ result: QueryResult) throws(PostgresError) {
        let error = PostgresError(result: result.handle)
        if failure == nil {
            failure = error
            foundStaleStatement = PostgresError.isStaleStatement(result.handle)
        }
        if PQstatus(session.handle) != CONNECTION_OK { throw error }
    }

    private func undo(_ part: Sent) {
        switch part {
        case .preparation(let text): session.cache?.forget(text)
        case .deallocation(let name): session.cache?.condemn(name)
        case .statement: break
        }
    }

    private func columns(of statement: StatementCache.Statement?, _ result: QueryResult) -> Columns {
        if let known = statement?.columns, known.match(result.handle) { return known }
        let columns = Columns(of: result.handle)
        statement?.columns = columns
        return columns
    }
}

extension SQL {
    /// The protocol counts binds in 16 bits.
    private static let mostBinds = 65_535

    /// Checked before anything is sent. libpq reads text up to the first NUL, so one inside would silently cut a value short.
    fileprivate func checkBinds() throws(PostgresError) {
        guard binds.count <= Self.mostBinds else { throw PostgresError(.other, "more than \(Self.mostBinds) binds", sqlState: "54023") }
        for case .text(let text) in binds where text.utf8.contains(0) {
            throw PostgresError(.other, "text must not contain NUL", sqlState: "22021")
        }
    }
}
