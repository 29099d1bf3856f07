package import Foundation
package import Postgres
import Synchronization

/// An open transaction of one tenant, for one caller. Every change that matters appends its event here and enqueues what follows from it.
package final class TenantTransaction: Sendable {
    /// What the transaction leaves behind for others once it has committed.
    final class State: Sendable {
        private let flag = Mutex(false)
        var leftWork: Bool { flag.withLock { $0 } }
        func leaveWork() { flag.withLock { $0 = true } }
    }

    private let transaction: Transaction
    private let gate: (any ProposalGate)?
    private let constraints: [String: Failure]
    private let state: State
    package let caller: Caller
    /// The transaction's one moment: every row it writes carries the same time.
    package let now: Date

    package var tenant: Identifier<Tenant> { caller.tenant }

    init(_ transaction: Transaction, caller: Caller, gate: (any ProposalGate)?, constraints: [String: Failure], now: Date, state: State) {
        self.transaction = transaction
        self.caller = caller
        self.gate = gate
        self.constraints = constraints
        self.now = now
        self.state = state
    }

    /// The same transaction in another caller's name, such as a rule's.
    func acting(as caller: Caller) -> TenantTransaction {
        TenantTransaction(transaction, caller: caller, gate: gate, constraints: constraints, now: now, state: state)
    }

    /// The same transaction at another moment: history is written in the order it happened.
    package func at(_ moment: Date) -> TenantTransaction {
        TenantTransaction(transaction, caller: caller, gate: gate, constraints: constraints, now: moment, state: state)
    }

    package func query(_ statement: SQL) async throws(Failure) -> Rows {
        do { return try await transaction.query(statement) } catch { throw Failure(error, constraints: constraints) }
    }

    package func first(_ statement: SQL) async throws(Failure) -> Row? {
        try await query(statement).first
    }

    /// How many rows the statement touched.
    package func execute(_ statement: SQL) async throws(Failure) -> Int {
        try await query(statement).affectedRows
    }

    /// For a write whose answer nobody needs: it travels with the next statement, or with COMMIT, and what goes wrong with it is thrown there.
    package func queue(_ statement: SQL) {
        transaction.queue(statement)
    }

    /// Sends what is queued.
    package func flush() async throws(Failure) {
        do { try await transaction.flush() } catch { throw Failure(error, constraints: constraints) }
    }

    /// Puts a change before the tenant's `before` rules. The answer carries their amendments.
    package func propose<P: Proposal>(_ proposal: P) async throws(Failure) -> P {
        guard let gate else { return proposal }
        do {
            let payload = try JSON(encoding: proposal)
            let change = ProposedChange(name: P.name, subject: proposal.subject, payload: payload, amendable: P.amendable)
            let amended = try await gate.consider(change, in: self)
            return amended == payload ? proposal : try InputSource(body: amended).decode(P.self)
        } catch {
            throw Failure(error)
        }
    }

    /// Appends an event and, in the same statement, one piece of work for each consumer that subscribed to its name.
    @discardableResult
    package func append(_ event: some Event) throws(Failure) -> Identifier<EventRecord> {
        let id = Identifier<EventRecord>()
        let payload = try Wire.text(event)
        queue(appendStatement(id, name: type(of: event).name, subject: event.subject, payload: payload))
        state.leaveWork()
        return id
    }

    package func enqueue<W: Work>(_ work: W, _ options: WorkOptions = WorkOptions()) throws(Failure) {
        queue(enqueueStatement(W.name, payload: try Wire.text(work), options))
        state.leaveWork()
    }
}
