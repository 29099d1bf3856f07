import Kernel
import Postgres

/// Applies what a console script planned.
struct ApplyConsole: Work {
    static let name = "console.apply"
    static let lane = Lane.heavy
    /// One transaction per tenant, of which there may be thousands.
    static let timeout = Duration.seconds(3600)
    let run: Identifier<ConsoleRun>
    let admin: ConsoleAdmin
}

extension Rules {
    /// Tenant by tenant, each in a transaction of its own; a tenant whose plan is refused gets the reason, and the others go on.
    func applyConsole(_ work: ApplyConsole, as actor: SystemActor) async throws {
        guard let run = try await door.upkeep(ConsoleQueries.comment(work.run)).first else { return }
        let comment: String? = try run("comment")
        for row in try await door.upkeep(ConsoleQueries.tenants(work.run, .planned)) {
            let tenant = try ConsoleTenant(row)
            let (status, error) = try await apply(try ConsolePlan.effects(row), in: tenant, comment, work)
            _ = try await door.upkeep(ConsoleQueries.settle(work.run, tenant.id, status, error))
        }
        _ = try await door.upkeep(ConsoleQueries.setStatus(.applied, of: work.run, appliedAt: door.clock.now()))
    }

    private func apply(
        _ effects: [RunnerEffect],
        in tenant: ConsoleTenant,
        _ comment: String?,
        _ work: ApplyConsole
    ) async throws(Failure) -> (ConsoleTenantStatus, String?) {
        guard !effects.isEmpty else { return (.unchanged, nil) }
        guard let learned = gate.learned, let admin = work.admin.principal else { throw .unavailable }
        let found = try await door.transaction(by: admin, "Apply a console script", on: tenant.id) { transaction in
            try await transaction.query(ConsoleQueries.active(tenant.id))
        }
        guard !found.isEmpty else {
            // It may have been applied before its tenant was suspended, by a worker that died before it could record that.
            let applied = try await store.query(as: SystemActor(tenant: tenant.id), ConsoleQueries.applied(work.run, in: tenant.id))
            return applied.isEmpty ? (.skipped, Failure.consoleTenantSuspended.message) : (.applied, nil)
        }
        do throws(Failure) {
            try await store.transaction(as: SystemActor(work.admin.caller(in: tenant.id))) { tx in
                tx.queue(ConsoleQueries.lock(work.run, in: tx.tenant))
                guard try await tx.first(ConsoleQueries.applied(work.run, in: tx.tenant)) == nil else { return }
                let said = ConsoleApplied(run: work.run, admin: admin.user, effects: effects.count, comment: comment)
                let cause = try tx.append(said)
                let application = ConsoleApplication(
                    effects: effects,
                    operations: learned.consoleOperations,
                    caller: work.admin.caller(in: tx.tenant, cause: cause)
                )
                try await application.apply(in: tx)
            }
            return (.applied, nil)
        } catch {
            // The database is away: this work is repeated, and what was applied is not applied again.
            if error.kind == .unavailable { throw error }
            return (.refused, error.message)
        }
    }
}

/// A plan's effects in one tenant: all of them, or none. The tenant's `before` rules may refuse them like anybody's.
struct ConsoleApplication: Sendable {
    let effects: [RunnerEffect]
    let operations: LuaOperations
    let caller: Caller

    func apply(in tx: TenantTransaction) async throws(Failure) {
        let changesStore = effects.contains(where: \.isMemory)
        if changesStore { tx.queue(StoreQueries.lock(tx.tenant)) }
        for (position, effect) in effects.enumerated() {
            do throws(Failure) {
                try await operations.perform(effect, as: caller, in: tx)
            } catch {
                throw error.of(effect, at: position + 1)
            }
        }
        guard changesStore else { return }
        let counts: [Int] = try await tx.query(StoreQueries.count(tx.tenant)).decoded { try $0("keys") }
        guard counts.allSatisfy({ $0 <= StoreQueries.mostKeys }) else { throw .storeFull }
    }
}

extension Failure {
    /// The failure with the effect that caused it.
    fileprivate func of(_ effect: RunnerEffect, at number: Int) -> Failure {
        let target = effect.target.map { " of \($0.label ?? "\($0.entity) \($0.id)")" } ?? ""
        let words = kind == .validation ? problems : message
        return Failure(kind, "Effect \(number), \(effect.operation)\(target): \(words)", code: code, details: details, cause: cause)
    }
}
