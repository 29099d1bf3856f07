import Foundation
import Kernel
import Logging
import Postgres

/// Runs a console script over its tenants and stores what it would do.
struct PlanConsole: Work {
    static let name = "console.plan"
    static let lane = Lane.heavy
    let run: Identifier<ConsoleRun>
    let admin: ConsoleAdmin
}

/// How a console script ended.
struct ConsoleEnding: Sendable {
    let result: RunnerResult
    let reason: String?
    var status: ConsoleRunStatus { reason == nil ? .planned : .failed }
}

extension Rules {
    /// How often progress is stored, and a cancellation noticed.
    private static let pulse = Duration.milliseconds(300)

    func planConsole(_ work: PlanConsole, as actor: SystemActor) async throws {
        guard let learned = gate.learned, let admin = work.admin.principal else { throw Failure.unavailable }
        guard let source: String = try await door.upkeep(ConsoleQueries.begin(work.run)).first?("source") else { return }
        _ = try await door.upkeep(ConsoleQueries.forget(work.run))
        let tenants = try await door.upkeep(ConsoleQueries.tenants(work.run)).decoded(ConsoleTenant.init)
        let host = ConsoleHost(tenants: tenants.filter(\.isActive), admin: work.admin, learned: learned) { tenant throws(Failure) in
            let found = try await door.transaction(by: admin, "Run a console script", on: tenant) { transaction in
                try await transaction.query(ConsoleQueries.active(tenant))
            }
            guard !found.isEmpty else { throw .consoleTenantSuspended }
        }
        if host.tenants.count == 1 { try await host.begin(host.tenants[0]) }
        guard let ending = try await perform(source, work.run, host) else { return }
        _ = try await door.upkeep(ConsoleQueries.save(work.run, host.plan.state))
        let skipped = tenants.filter { !$0.isActive }.map(\.id)
        let refusals = ending.reason == nil ? try await refusals(of: host.plan.state.effects, learned, work.admin) : [:]
        try await door.upkeep { transaction in
            guard try await transaction.query(ConsoleQueries.finish(work.run, ending, at: door.clock.now())).affectedRows == 1 else {
                return
            }
            transaction.queue(ConsoleQueries.settleTenants(work.run, skipped: skipped))
            transaction.queue(ConsoleQueries.note(refusals, of: work.run))
        }
    }

    /// Why a tenant's effects would be refused today, by applying them where nothing is kept.
    private func refusals(
        of plan: [Identifier<Tenant>: [RunnerEffect]],
        _ learned: RuleGate.Learned,
        _ admin: ConsoleAdmin
    ) async throws -> [Identifier<Tenant>: String] {
        var refusals: [Identifier<Tenant>: String] = [:]
        for (tenant, effects) in plan where !effects.isEmpty {
            let caller = admin.caller(in: tenant)
            refusals[tenant] = try await store.trial(as: SystemActor(caller)) { tx -> String? in
                do throws(Failure) {
                    let application = ConsoleApplication(effects: effects, operations: learned.consoleOperations, caller: caller)
                    try await application.apply(in: tx)
                    try await tx.checkAll()
                    return nil
                } catch {
                    if error.isOurs { throw error }
                    return error.message
                }
            }
        }
        return refusals
    }

    /// Nil if the run was canceled meanwhile.
    private func perform(_ source: String, _ run: Identifier<ConsoleRun>, _ host: ConsoleHost) async throws -> ConsoleEnding? {
        let request = ConsoleRequest(
            source: source,
            vocabulary: host.learned.consoleOperations.vocabulary,
            tenant: host.tenants.count == 1 ? host.tenants[0].id : nil,
            now: door.clock.now().timeIntervalSince1970,
            seed: Int.random(in: 0...Int(Int32.max))
        )
        let process = ConsoleProcess(executable: gate.runners.executable)
        return try await withThrowingTaskGroup(of: ConsoleEnding?.self) { group in
            group.addTask {
                let (result, tenant) = await process.run(request, into: host.plan) { read, tenant in await host.answer(read, in: tenant) }
                if case .killed(let end) = result.outcome {
                    gate.logger.warning("a console script's process ended", metadata: ["run": "\(run)", "end": "\(end)"])
                }
                return ConsoleEnding(result, in: host.tenants.first { $0.id == tenant }, trouble: host.plan.state.trouble)
            }
            group.addTask {
                while try await isWanted(run, host.plan.state) { try await Task.sleep(for: Self.pulse) }
                return nil
            }
            defer { group.cancelAll() }
            let ending = try await group.next() ?? nil
            // A worker that lost its item leaves the run to the next one.
            try Task.checkCancellation()
            return ending
        }
    }
}

extension Rules {
    /// Stores progress; false if the run was canceled.
    private func isWanted(_ run: Identifier<ConsoleRun>, _ progress: ConsolePlan.State) async throws -> Bool {
        try await !door.upkeep(ConsoleQueries.save(run, progress)).isEmpty
    }
}

extension ConsoleEnding {
    fileprivate init(_ result: RunnerResult, in tenant: ConsoleTenant?, trouble: Failure?) {
        self.result = result
        switch result.outcome {
        case .completed, .rejected: reason = trouble?.message
        case .failed(let fault):
            let place = [fault.line.map { "line \($0)" }, tenant.map { "tenant \($0.code)" }].compactMap(\.self).joined(separator: ", ")
            reason = place.isEmpty ? fault.message : "\(place): \(fault.message)"
        case .killed(.time): reason = "It took more than 10 seconds and was stopped."
        case .killed: reason = "Its process ended: it may have needed more memory than there is for it."
        }
    }
}
