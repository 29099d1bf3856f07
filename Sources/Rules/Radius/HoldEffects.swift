import Foundation
import Kernel
import Postgres

extension RuleGate {
    /// Stores a completed run with its effects waiting; the first time, its rule pauses.
    func hold(_ receipt: Receipt, past radius: BlastRadius, _ learned: Learned, _ tx: TenantTransaction) async throws {
        let occasion = receipt.occasion
        tx.queue(RunQueries.insert(receipt, tenant: tx.tenant))
        tx.queue(HeldQueries.insert(receipt, tx))
        guard radius.pausedAt == nil, try await tx.execute(RadiusQueries.pause(receipt.rule.script, tx)) > 0 else { return }
        let actor = SystemActor(tenant: tx.tenant, cause: occasion.event, depth: occasion.depth)
        let reason = "It had \(radius.spent) effects within the hour and wanted \(receipt.countedEffects) more; \(radius.cap) are allowed."
        try await learned.store.transaction(as: SystemActor(actor.caller.joining(tx))) { tx in
            guard let row = try await tx.first(ScriptQueries.script(receipt.rule.script, tenant: tx.tenant)) else { return }
            let script = try Script(row)
            try tx.append(
                ScriptPaused(script: ScriptFact(script, status: script.status, version: script.liveVersion), reason: reason)
            )
            try await raise(RuleAlarm(.paused, by: receipt, reason), learned, actor, tx)
        }
    }
}

extension Receipt {
    /// Writes to the store affect nobody.
    var countedEffects: Int { result.effects.count { !$0.isMemory } }
}

extension RunnerEffect {
    /// Whether it is a write to the rules' store.
    var isMemory: Bool { StoreEffect(rawValue: operation) != nil }
}
