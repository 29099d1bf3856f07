package import Logging
package import Postgres

/// The only way to tenants' rows. A principal opens it; each transaction sets the tenant that row-level security checks.
package struct TenantStore: Sendable {
    private let pool: ConnectionPool
    private let gate: (any ProposalGate)?
    /// Looked up when needed, because the capabilities that declare them are made later.
    private let constraints: @Sendable () -> [String: Failure]
    private let logger: Logger
    /// Rung after a commit that left events to number or work to do.
    package let committed: Signal
    package let clock: Clock

    package init(
        pool: ConnectionPool,
        gate: (any ProposalGate)? = nil,
        constraints: @autoclosure @escaping @Sendable () -> [String: Failure] = [:],
        committed: Signal = Signal(),
        clock: Clock = .system,
        logger: Logger = Logger(label: "tenure")
    ) {
        self.pool = pool
        self.gate = gate
        self.constraints = constraints
        self.committed = committed
        self.clock = clock
        self.logger = logger
    }

    /// Runs the body in one transaction, all or nothing. A caller that is already in a transaction stays in it. On a serialization failure
    /// the body runs again, so it must change nothing but the database.
    package func transaction<Output: Sendable>(
        as principal: some Principal,
        _ body: @Sendable (TenantTransaction) async throws -> Output
    ) async throws(Failure) -> Output {
        do {
            if let open = principal.caller.transaction { return try await body(open.acting(as: principal.caller)) }
            let opening = [Self.enter(principal.caller, on: pool)]
            let (output, afterCommit) = try await pool.transaction(preamble: opening, for: principal.tenant.uuid) { transaction in
                let afterCommit = AfterCommit()
                let output = try await body(
                    TenantTransaction(
                        transaction,
                        caller: principal.caller,
                        gate: gate,
                        constraints: constraints(),
                        now: clock.now(),
                        afterCommit: afterCommit
                    )
                )
                return (output, afterCommit)
            }
            await afterCommit.run(ringing: committed, logger)
            return output
        } catch {
            throw Failure(error, constraints: constraints(), budget: principal.caller.budget)
        }
    }

    /// Runs the body in a transaction that is rolled back in the end, whatever happened: for showing what a change would do. What the body
    /// asks to happen after the commit doesn't.
    package func trial<Output: Sendable>(
        as principal: some Principal,
        _ body: @Sendable (TenantTransaction) async throws -> Output
    ) async throws(Failure) -> Output {
        do {
            let opening = [Self.enter(principal.caller, on: pool)]
            return try await pool.transaction(preamble: opening, for: principal.tenant.uuid) { transaction -> Output in
                let tx = TenantTransaction(
                    transaction,
                    caller: principal.caller,
                    gate: gate,
                    constraints: constraints(),
                    now: clock.now(),
                    afterCommit: AfterCommit(),
                    isTrial: true
                )
                throw RolledBack(output: try await body(tx))
            }
        } catch let trial as RolledBack<Output> {
            return trial.output
        } catch {
            throw Failure(error, constraints: constraints(), budget: principal.caller.budget)
        }
    }

    /// One statement in a transaction of its own, in one round trip.
    package func query(as principal: some Principal, _ statement: SQL) async throws(Failure) -> Rows {
        try await queries(as: principal, [statement])[0]
    }

    /// Statements that read, in a transaction of their own, in one round trip.
    package func queries(as principal: some Principal, _ statements: [SQL]) async throws(Failure) -> [Rows] {
        if let open = principal.caller.transaction {
            var found: [Rows] = []
            for statement in statements { found.append(try await open.query(statement)) }
            return found
        }
        do {
            let entered = [Self.enter(principal.caller, on: pool)] + statements
            return Array(try await pool.pipeline(entered, for: principal.tenant.uuid).dropFirst())
        } catch {
            throw Failure(error, constraints: constraints(), budget: principal.caller.budget)
        }
    }

    /// The tenant, and how long each statement may take. Whatever no operation bounds has the time of a change.
    static func enter(_ caller: Caller, on pool: ConnectionPool) -> SQL {
        let tenant = caller.tenant.description
        guard let limit = (caller.budget ?? .change).setting(on: pool) else {
            return "SELECT set_config('tenure.tenant_id', \(tenant), true)"
        }
        return "SELECT set_config('tenure.tenant_id', \(tenant), true), \(limit)"
    }
}

/// Carries a trial's output out of the transaction that it rolls back.
private struct RolledBack<Output: Sendable>: Error {
    let output: Output
}

/// Runs code that reads rows, and turns its errors into the product's one type.
package func reading<Value>(_ body: () throws -> Value) throws(Failure) -> Value {
    do { return try body() } catch { throw Failure(error) }
}

extension Rows {
    /// Each row as a value.
    package func decoded<Value>(_ make: (Row) throws -> Value) throws(Failure) -> [Value] {
        try reading { try map(make) }
    }
}

extension Failure {
    /// The one place where a database error becomes a failure of the product.
    package init(_ error: any Error, constraints: [String: Failure] = [:], budget: TimeBudget? = nil) {
        switch error {
        case let failure as Failure: self = failure
        case let error as PostgresError:
            if let name = error.constraint, let failure = constraints[name] {
                self = failure
            } else if error.kind == .lineFull {
                self = .tenantBusy
            } else if error.kind == .statementTimeout, let budget {
                self = budget.overrun.caused(by: error)
            } else {
                self = error.isTransient ? .unavailable(error) : .internal(error)
            }
        case is CancellationError: self = .unavailable(error)
        default: self = .internal(error)
        }
    }

    private static func unavailable(_ cause: any Error) -> Failure {
        Failure.unavailable.caused(by: cause)
    }

    private func caused(by cause: any Error) -> Failure {
        Failure(kind, message, code: code, details: details, cause: cause)
    }
}
