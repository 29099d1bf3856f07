package import Logging
package import Postgres

/// Access across tenants, with a database role of its own. A system admin's access is recorded in the same transaction as what was done,
/// unless it ran no statement. The server's own upkeep (numbering events, claiming work) uses `upkeep` and reads no tenant's content.
package struct OperatorDoor: Sendable {
    private let pool: ConnectionPool
    /// Looked up when needed, because the capabilities that declare them are made later.
    private let constraints: @Sendable () -> [String: Failure]
    private let committed: Signal
    private let logger: Logger
    package let clock: Clock

    package init(
        pool: ConnectionPool,
        constraints: @autoclosure @escaping @Sendable () -> [String: Failure] = [:],
        committed: Signal = Signal(),
        clock: Clock = .system,
        logger: Logger = Logger(label: "tenure")
    ) {
        self.pool = pool
        self.constraints = constraints
        self.committed = committed
        self.clock = clock
        self.logger = logger
    }

    package func transaction<Output: Sendable>(
        by admin: SystemAdmin,
        _ purpose: String,
        on tenant: Identifier<Tenant>? = nil,
        _ body: @Sendable (Transaction) async throws -> Output
    ) async throws(Failure) -> Output {
        do {
            return try await pool.transaction(preamble: opening(admin, purpose, tenant), body)
        } catch {
            throw Failure(error, constraints: constraints(), budget: admin.caller.budget)
        }
    }

    /// A system admin's change inside one tenant, with its events and work. It runs in the application's role, so that row-level security
    /// confines it to that tenant; statements on the operator's own tables go through `asOperator`.
    package func transaction<Output: Sendable>(
        by admin: SystemAdmin,
        _ purpose: String,
        in tenant: Identifier<Tenant>,
        _ body: @Sendable (TenantTransaction) async throws -> Output
    ) async throws(Failure) -> Output {
        let caller = Caller(
            tenant: tenant,
            actor: .user(admin.user),
            reach: .wholeTenant(Role.tenantAdmin.permissions),
            origin: admin.caller.origin
        )
        return try await transaction(of: caller.within(admin.caller.budget), preamble: [passage(admin, purpose, tenant)], body)
    }

    /// The server's own change inside one tenant without a signed-in user, such as creating the first tenants of an installation.
    package func upkeep<Output: Sendable>(
        in tenant: Identifier<Tenant>,
        _ body: @Sendable (TenantTransaction) async throws -> Output
    ) async throws(Failure) -> Output {
        try await transaction(of: SystemActor(tenant: tenant).caller, preamble: [], body)
    }

    private func transaction<Output: Sendable>(
        of caller: Caller,
        preamble: [SQL],
        _ body: @Sendable (TenantTransaction) async throws -> Output
    ) async throws(Failure) -> Output {
        do {
            let opening = preamble + [TenantStore.enter(caller, on: pool), TenantTransaction.useApplicationRole]
            let (output, afterCommit) = try await pool.transaction(preamble: opening) { transaction in
                let afterCommit = AfterCommit()
                let output = try await body(
                    TenantTransaction(
                        transaction,
                        caller: caller,
                        gate: nil,
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
            throw Failure(error, constraints: constraints(), budget: caller.budget)
        }
    }

    package func upkeep<Output: Sendable>(_ body: @Sendable (Transaction) async throws -> Output) async throws(Failure) -> Output {
        do { return try await pool.transaction(.readCommitted, body) } catch { throw Failure(error, constraints: constraints()) }
    }

    package func upkeep(_ statement: SQL) async throws(Failure) -> Rows {
        do { return try await pool.pipeline([statement])[0] } catch { throw Failure(error, constraints: constraints()) }
    }

    /// For upkeep on a thread of its own.
    package func separateConnection() -> SeparateConnection { pool.separateConnection() }

    private func opening(_ admin: SystemAdmin, _ purpose: String, _ tenant: Identifier<Tenant>?) -> [SQL] {
        let limit = admin.caller.budget?.setting(on: pool).map { [SQL("SELECT \($0)")] } ?? []
        return limit + [passage(admin, purpose, tenant)]
    }

    private func passage(_ admin: SystemAdmin, _ purpose: String, _ tenant: Identifier<Tenant>?) -> SQL {
        """
        INSERT INTO operator_passages (id, admin_tenant_id, admin_id, purpose, tenant_id, request_id, address, occurred_at)
        VALUES (
            \(Identifier<OperatorDoor>()), \(admin.tenant), \(admin.user), \(purpose), \(tenant), \(admin.caller.origin.requestID),
            \(admin.caller.origin.address), \(clock.now())
        )
        """
    }
}
