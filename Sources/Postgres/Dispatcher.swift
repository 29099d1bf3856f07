import Synchronization

/// Decides who uses which connection, first come, first served. An idle connection is lent out at once; otherwise a request queues, and the
/// thread that finishes its work takes the next request itself.
final class Dispatcher: Sendable {
    /// A connection whose serving loop is asleep. Whoever holds this value has it exclusively, until `release`.
    struct Parked: Sendable {
        let connection: Connection
        fileprivate let loop: UnsafeContinuation<Request?, Never>

        fileprivate init(connection: Connection, loop: UnsafeContinuation<Request?, Never>) {
            self.connection = connection
            self.loop = loop
        }
    }

    struct Request: Sendable {
        enum Wish: Sendable {
            case batch([SQL], CheckedContinuation<Result<[Rows], PostgresError>, Never>)
            case loan(CheckedContinuation<Result<Parked, PostgresError>, Never>)
        }

        let ticket: UInt64
        let deadline: ContinuousClock.Instant
        let wish: Wish

        /// Under the dispatcher's lock, so that a cancellation finds the ticket either queued or begun. A loan begins nothing yet.
        fileprivate func begin(on connection: Connection) {
            if case .batch = wish { connection.canceler.begin(ticket) }
        }

        func refuse(_ error: PostgresError) {
            switch wish {
            case .batch(_, let reply): reply.resume(returning: .failure(error))
            case .loan(let reply): reply.resume(returning: .failure(error))
            }
        }
    }

    fileprivate struct State {
        /// Last used first, so that a quiet pool keeps few connections warm.
        var idle: [Parked] = []
        var queue = Queue<Request>()
        var isClosed = false
        var isReaping = false
    }

    private let state = Mutex(State())
    private let tickets = Atomic<UInt64>(0)
    private let outage: Outage
    private let connections: [Connection]

    init(connections: [Connection], outage: Outage) {
        self.connections = connections
        self.outage = outage
    }

    func nextTicket() -> UInt64 {
        tickets.wrappingAdd(1, ordering: .relaxed).newValue
    }

    var statistics: ConnectionPool.Statistics {
        let open = connections.count(where: \.isOpen)
        let statements = connections.reduce(0) { $0 + $1.statements }
        return state.withLock {
            ConnectionPool.Statistics(open: open, idle: $0.idle.count, waiting: $0.queue.count, statements: statements)
        }
    }

    /// An idle connection, if there is one.
    func lend() throws(PostgresError) -> Parked? {
        if let refusal = outage.refusal { throw refusal }
        let (parked, isClosed) = state.withLock { ($0.idle.popLast(), $0.isClosed) }
        if isClosed { throw .poolClosed }
        return parked
    }

    /// Answers through the request's continuation.
    func submit(_ request: Request) {
        enum Next {
            case wait(startReaper: Bool)
            case use(Parked)
            case refuse
        }
        let next: Next = state.withLock { state in
            if state.isClosed { return .refuse }
            if let parked = state.idle.popLast() {
                request.begin(on: parked.connection)
                return .use(parked)
            }
            state.queue.append(request)
            defer { state.isReaping = true }
            return .wait(startReaper: !state.isReaping)
        }
        switch next {
        case .refuse: request.refuse(.poolClosed)
        case .use(let parked): start(request, on: parked)
        case .wait(let startReaper): if startReaper { Task { await self.reap() } }
        }
    }

    /// Ends a loan.
    func release(_ parked: Parked) {
        let (request, isClosed) = state.withLock { state -> (Request?, Bool) in
            let request = state.next(for: parked.connection)
            if request == nil, !state.isClosed { state.idle.append(parked) }
            return (request, state.isClosed)
        }
        if let request {
            start(request, on: parked)
        } else if isClosed {
            parked.loop.resume(returning: nil)
        }
    }

    private func start(_ request: Request, on parked: Parked) {
        switch request.wish {
        case .batch: parked.loop.resume(returning: request)
        // Lent as it is: the loop stays asleep.
        case .loan(let reply): reply.resume(returning: .success(parked))
        }
    }

    /// What a connection's loop does next; nil ends it.
    func next(for connection: Connection, isolation: isolated Connection) async -> Request? {
        if let request = state.withLock({ $0.next(for: connection) }) {
            guard case .loan(let reply) = request.wish else { return request }
            return await withUnsafeContinuation { loop in
                reply.resume(returning: .success(Parked(connection: connection, loop: loop)))
            }
        }
        return await withUnsafeContinuation { loop in
            release(Parked(connection: connection, loop: loop))
        }
    }

    func cancel(_ ticket: UInt64) {
        if let request = state.withLock({ $0.queue.remove { $0.ticket == ticket } }) {
            request.refuse(.canceledTask)
        } else {
            for connection in connections { connection.canceler.cancel(ticket) }
        }
    }

    func close() {
        let (idle, queued) = state.withLock { state -> ([Parked], [Request]) in
            state.isClosed = true
            defer { state.idle = [] }
            return (state.idle, state.queue.removeAll())
        }
        for parked in idle { parked.loop.resume(returning: nil) }
        for request in queued { request.refuse(.poolClosed) }
    }

    /// Refuses requests that have waited too long. All may wait equally long, so the first in the queue is the first due.
    private func reap() async {
        while true {
            let (expired, nextDeadline) = state.withLock { state -> ([Request], ContinuousClock.Instant?) in
                var expired: [Request] = []
                while let first = state.queue.first, first.deadline <= .now {
                    expired.append(first)
                    state.queue.removeFirst()
                }
                if state.queue.first == nil { state.isReaping = false }
                return (expired, state.queue.first?.deadline)
            }
            for request in expired { request.refuse(outage.error ?? .poolTimeout) }
            guard let nextDeadline else { return }
            // Nobody cancels this task, so the sleep cannot fail.
            try? await Task.sleep(until: nextDeadline)
        }
    }
}

extension Dispatcher.State {
    fileprivate mutating func next(for connection: Connection) -> Dispatcher.Request? {
        guard let request = queue.removeFirst() else { return nil }
        request.begin(on: connection)
        return request
    }
}

extension PostgresError {
    static let poolClosed = PostgresError(.poolClosed, "the connection pool is closed")
    static let poolTimeout = PostgresError(.poolTimeout, "no connection became free in time")
}
