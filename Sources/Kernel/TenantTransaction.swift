package import Foundation
package import Postgres

/// An open transaction of one tenant, for one caller. Every change that matters appends its event here and enqueues what follows from it.
package final class TenantTransaction: Sendable {
    private let transaction: Transaction
    private let gate: (any ProposalGate)?
    private let constraints: [String: Failure]
    private let afterCommit: AfterCommit
    package let caller: Caller
    /// The transaction's time: every row it writes carries it.
    package let now: Date
    /// Nothing of it is kept, whatever happens in it: it shows whether changes are possible.
    package let isTrial: Bool

    package var tenant: Identifier<Tenant> { caller.tenant }

    init(
        _ transaction: Transaction,
        caller: Caller,
        gate: (any ProposalGate)?,
        constraints: [String: Failure],
        now: Date,
        afterCommit: AfterCommit,
        isTrial: Bool = false
    ) {
        self.transaction = transaction
        self.caller = caller
        self.gate = gate
        self.constraints = constraints
        self.now = now
        self.afterCommit = afterCommit
        self.isTrial = isTrial
    }

    /// The same transaction on behalf of another caller, such as a rule.
    func acting(as caller: Caller) -> TenantTransaction {
        copy(for: caller, at: now)
    }

    /// The same transaction at another time, for writing history in the order it happened.
    package func at(_ moment: Date) -> TenantTransaction {
        copy(for: caller, at: moment)
    }

    private func copy(for caller: Caller, at moment: Date) -> TenantTransaction {
        TenantTransaction(
            transaction,
            caller: caller,
            gate: gate,
            constraints: constraints,
            now: moment,
            afterCommit: afterCommit,
            isTrial: isTrial
        )
    }

    package func query(_ statement: SQL) async throws(Failure) -> Rows {
        do { return try await transaction.query(statement) } catch { throw Failure(error, constraints: constraints, budget: caller.budget) }
    }

    /// A statement on the operator's own tables, such as the directory of tenants. Only a transaction of `OperatorDoor` may leave the
    /// application's role; in any other the statement is refused.
    @discardableResult
    package func asOperator(_ statement: SQL) async throws(Failure) -> Rows {
        do {
            return try await transaction.pipeline(["SET LOCAL ROLE NONE", statement, Self.useApplicationRole])[1]
        } catch {
            throw Failure(error, constraints: constraints, budget: caller.budget)
        }
    }

    /// From here on row-level security applies, whoever signed in.
    static let useApplicationRole: SQL = "SET LOCAL ROLE tenure_app"

    package func first(_ statement: SQL) async throws(Failure) -> Row? {
        try await query(statement).first
    }

    /// How many rows the statement touched.
    package func execute(_ statement: SQL) async throws(Failure) -> Int {
        try await query(statement).affectedRows
    }

    /// For a write whose result nobody needs: it is sent with the next statement, or with COMMIT, and its errors are thrown there.
    package func queue(_ statement: SQL) {
        transaction.queue(statement)
    }

    /// For what may happen only if the change does, such as deleting a file that nothing names any more. It runs once, after the commit and
    /// outside the transaction, before the caller goes on. Its failure is logged, not thrown: the change stands.
    package func afterCommit(_ action: @escaping @Sendable () async throws -> Void) {
        afterCommit.add(action)
    }

    /// Returns an operation's answer from its last transaction. If an `Idempotency-Key` was claimed for it, the answer is stored here,
    /// together with the change it reports.
    package func answering<Output: Codable & Sendable>(_ output: Output) async throws(Failure) -> Output {
        try await caller.answerKeeper?.keep(output, self)
        return output
    }

    /// Sends BEGIN now instead of with the first statement: a caller that takes another scarce resource next already has its connection,
    /// even behind a pooler that lends one per transaction.
    package func begin() async throws(Failure) {
        do { try await transaction.begin() } catch { throw Failure(error, constraints: constraints, budget: caller.budget) }
    }

    /// Sends what is queued.
    package func flush() async throws(Failure) {
        do { try await transaction.flush() } catch { throw Failure(error, constraints: constraints, budget: caller.budget) }
    }

    /// Checks now what COMMIT would check.
    package func checkAll() async throws(Failure) {
        _ = try await query("SET CONSTRAINTS ALL IMMEDIATE")
    }

    /// Puts a change before the tenant's `before` rules; returns it with their amendments.
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

    /// Appends an event and, in the same statement, a work item for each consumer that subscribed to its name.
    @discardableResult
    package func append(_ event: some Event) throws(Failure) -> Identifier<EventRecord> {
        let id = Identifier<EventRecord>()
        let payload = try Wire.text(event)
        let kind = type(of: event)
        queue(appendStatement(id, name: kind.name, subject: event.subject, payload: payload, followUps: kind.followUps.map { $0.name }))
        afterCommit.leaveWork()
        return id
    }

    package func enqueue<W: Work>(_ work: W, _ options: WorkOptions = WorkOptions()) throws(Failure) {
        queue(enqueueStatement(W.name, payload: try Wire.text(work), options))
        afterCommit.leaveWork()
    }
}
