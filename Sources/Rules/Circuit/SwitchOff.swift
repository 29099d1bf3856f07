import Foundation
import Kernel
import Postgres

extension RuleGate {
    /// Writes the receipt of a run that changed nothing, and switches off a version that keeps failing.
    func record(_ receipt: Receipt, of tenant: Identifier<Tenant>) async throws(Failure) {
        guard let learned else { return }
        let occasion = receipt.occasion
        let actor = SystemActor(tenant: tenant, cause: occasion.event, depth: occasion.depth)
        try await learned.store.transaction(as: actor) { tx in
            let isNew = try await tx.execute(RunQueries.insert(receipt, tenant: tenant, repeatable: true)) > 0
            guard isNew, receipt.isFault else { return }
            tx.queue(CircuitQueries.lock(receipt.rule.script))
            guard let row = try await tx.first(CircuitQueries.latest(receipt, tenant: tenant)),
                let reason = try Circuit(row).reason(against: receipt.rule.number)
            else { return }
            guard try await switchOff(receipt, reason, learned, actor, tx) else { return }
            tx.afterCommit { [live] in live.forget(tenant) }
        }
    }

    /// Only once, however many of its runs fail at the same time: the others find it switched off.
    private func switchOff(
        _ receipt: Receipt,
        _ reason: String,
        _ learned: Learned,
        _ actor: SystemActor,
        _ tx: TenantTransaction
    ) async throws -> Bool {
        let rule = receipt.rule
        tx.queue(HookQueries.lock(tx.tenant))
        guard let row = try await tx.first(ScriptQueries.script(rule.script, tenant: tx.tenant, locked: true)) else { return false }
        let script = try Script(row)
        if rule.mode == .shadow { return try await endShadow(of: script, receipt, reason, learned, actor, tx) }
        guard script.status == .live, script.liveVersion == rule.number else { return false }
        tx.queue(ScriptQueries.setStatus(.disabled, version: rule.number, of: script.id, tx))
        for statement in HookQueries.refresh(tx) { tx.queue(statement) }
        try tx.append(ScriptDisabled(script: ScriptFact(script, status: .disabled, version: rule.number), reason: reason))
        try await raise(RuleAlarm(.switchedOff, by: receipt, reason), learned, actor, tx)
        return true
    }

    private func endShadow(
        of script: Script,
        _ receipt: Receipt,
        _ reason: String,
        _ learned: Learned,
        _ actor: SystemActor,
        _ tx: TenantTransaction
    ) async throws -> Bool {
        guard let version = script.shadowVersion, version == receipt.rule.number else { return false }
        tx.queue(ShadowQueries.end(script.id, tx))
        for statement in HookQueries.refresh(tx) { tx.queue(statement) }
        try tx.append(ScriptShadowEnded(script: ScriptFact(script), version: version, reason: reason))
        try await raise(RuleAlarm(.shadowEnded, by: receipt, reason), learned, actor, tx)
        return true
    }
}
