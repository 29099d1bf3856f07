import FoundationEssentials
import Synchronization

/// Decides who uses which connection. An idle connection is lent out at once; otherwise a request waits in its tenant's line, and the thread
/// that finishes its work takes the next request itself.
final class Dispatcher: Sendable {
    /// A connection whose serving loop is asleep. Whoever holds this value has it exclusively, until `release`.
    struct Parked: Sendable {
        let connection: Connection
        fileprivate let loop: UnsafeContinuation<Request?, Never>
        /// In whose name it is held.
        fileprivate var tenant: UUID?

        fileprivate init(connection: Connection, loop: UnsafeContinuation<Request?, Never>, tenant: UUID? = nil) {
            self.connection = connection
            self.loop = loop
            self.tenant = tenant
        }

        fileprivate func held(by tenant: UUID?) -> Parked {
            Parked(connection: connection, loop: loop, tenant: tenant)
        }
    }

    struct Request: Sendable {
        enum Wish: Sendable {
            case batch([SQL], CheckedContinuation<Result<[Rows], PostgresError>, Never>)
            case loan(CheckedContinuation<Result<Parked, PostgresError>, Never>)
        }

        let ticket: UInt64
        let tenant: UUID?
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
        var lines: FairLines<Request>
        var isClosed = false
        var isReaping = false
    }

    private let state: Mutex<State>
    private let tickets = Atomic<UInt64>(0)
    private let outage: Outage
    private let connections: [Connection]

    /// - Parameter longestLine: how many requests of one tenant may wait at once.
    init(connections: [Connection], longestLine: Int, outage: Outage) {
        self.connections = connections
        self.outage = outage
        state = Mutex(State(lines: FairLines(connections: connections.count, longest: longestLine)))
    }

    func nextTicket() -> UInt64 {
        tickets.wrappingAdd(1, ordering: .relaxed).newValue
    }

    var statistics: ConnectionPool.Statistics {
        let open = connections.count(where: \.isOpen)
        let statements = connections.reduce(0) { $0 + $1.statements }
        return state.withLock {
            ConnectionPool.Statistics(open: open, idle: $0.idle.count, waiting: $0.lines.count, statements: statements)
        }
    }

    /// An idle connection, if there is one and the tenant may have it.
    func lend(to tenant: UUID?, at now: ContinuousClock.Instant) throws(PostgresError) -> Parked? {
        if let refusal = outage.refusal { throw refusal }
        let (parked, isClosed) = state.withLock { state -> (Parked?, Bool) in
            state.lines.note(tenant, at: now)
            guard !state.idle.isEmpty, state.lines.mayPass(tenant, at: now) else { return (nil, state.isClosed) }
            state.lines.hold(tenant)
            return (state.idle.popLast(), state.isClosed)
        }
        if isClosed { throw .poolClosed }
        return parked?.held(by: tenant)
    }

    /// Answers through the request's continuation.
    func submit(_ request: Request) {
        enum Next {
            case wait(startReaper: Bool)
            case refuse(PostgresError)
        }
        let next: Next = state.withLock { state in
            if state.isClosed { return .refuse(.poolClosed) }
            guard state.lines.append(request, of: request.tenant) else { return .refuse(.lineFull) }
            defer { state.isReaping = true }
            return .wait(startReaper: !state.isReaping)
        }
        switch next {
        case .refuse(let error): request.refuse(error)
        case .wait(let startReaper):
            startWhatMay()
            if startReaper { Task { await self.reap() } }
        }
    }

    /// Ends a loan.
    func release(_ parked: Parked) {
        let (request, isClosed) = state.withLock { state -> (Request?, Bool) in
            state.lines.letGo(parked.tenant)
            let request = state.next(for: parked.connection)
            if request == nil, !state.isClosed { state.idle.append(parked.held(by: nil)) }
            return (request, state.isClosed)
        }
        if let request {
            start(request, on: parked)
            startWhatMay()
        } else if isClosed {
            parked.loop.resume(returning: nil)
        }
    }

    private func start(_ request: Request, on parked: Parked) {
        switch request.wish {
        case .batch: parked.loop.resume(returning: request)
        // Lent as it is: the loop stays asleep.
        case .loan(let reply): reply.resume(returning: .success(parked.held(by: request.tenant)))
        }
    }

    /// Connections may be idle while requests wait: those of tenants that hold their share already.
    private func startWhatMay() {
        while let (request, parked) = state.withLock({ $0.match() }) { start(request, on: parked) }
    }

    /// What a connection's loop does next, after it has served a request of `tenant`; nil ends it.
    func next(for connection: Connection, heldBy tenant: UUID?, isolation: isolated Connection) async -> Request? {
        let request = state.withLock { state -> Request? in
            state.lines.letGo(tenant)
            return state.next(for: connection)
        }
        guard let request else {
            return await withUnsafeContinuation { loop in
                release(Parked(connection: connection, loop: loop))
            }
        }
        startWhatMay()
        guard case .loan(let reply) = request.wish else { return request }
        return await withUnsafeContinuation { loop in
            reply.resume(returning: .success(Parked(connection: connection, loop: loop, tenant: request.tenant)))
        }
    }

    func cancel(_ ticket: UInt64, of tenant: UUID?) {
        if let request = state.withLock({ $0.lines.remove(of: tenant) { $0.ticket == ticket } }) {
            request.refuse(.canceledTask)
        } else {
            for connection in connections { connection.canceler.cancel(ticket) }
        }
    }

    func close() {
        let (idle, waiting) = state.withLock { state -> ([Parked], [Request]) in
            state.isClosed = true
            defer { state.idle = [] }
            return (state.idle, state.lines.removeAll())
        }
        for parked in idle { parked.loop.resume(returning: nil) }
        for request in waiting { request.refuse(.poolClosed) }
    }

    /// Refuses requests that have waited too long. All may wait equally long, so the first in each line is its first due.
    private func reap() async {
        while true {
            let now = ContinuousClock.now
            let (expired, nextDeadline) = state.withLock { state -> ([Request], ContinuousClock.Instant?) in
                let expired = state.lines.removeExpired { $0.deadline <= now }
                let nextDeadline = state.lines.fronts.map(\.deadline).min()
                if nextDeadline == nil { state.isReaping = false }
                return (expired, nextDeadline)
            }
            for request in expired { request.refuse(outage.error ?? .poolTimeout) }
            guard let nextDeadline else { return }
            // Many that are due one after the other go together. Nobody cancels this task, so the sleep cannot fail.
            try? await Task.sleep(until: max(nextDeadline, now + .milliseconds(10)))
        }
    }
}

extension Dispatcher.State {
    fileprivate mutating func next(for connection: Connection) -> Dispatcher.Request? {
        guard lines.count > 0, let request = lines.next(at: .now) else { return nil }
        request.begin(on: connection)
        return request
    }

    /// A request that may begin, and an idle connection for it.
    fileprivate mutating func match() -> (Dispatcher.Request, Dispatcher.Parked)? {
        guard let parked = idle.last, let request = next(for: parked.connection) else { return nil }
        idle.removeLast()
        return (request, parked)
    }
}

extension PostgresError {
    static let poolClosed = PostgresError(.poolClosed, "the connection pool is closed")
    static let poolTimeout = PostgresError(.poolTimeout, "no connection became free in time")
    static let lineFull = PostgresError(.lineFull, "too many requests of the tenant wait for a connection")
}
