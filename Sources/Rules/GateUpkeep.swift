import Foundation
import Kernel
import Logging
import Postgres

extension RuleGate {
    /// Follows publications in other processes and writes pending receipts, until its task is canceled.
    package func run(listeningTo url: String) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.follow(url) }
            group.addTask { await self.writeReceipts() }
        }
    }

    private func follow(_ url: String) async {
        let listener = Listener(url: url, channels: [Self.channel], logger: logger)
        for await notification in listener.notifications {
            switch notification {
            case .reconnected: live.forgetAll()
            case .message(_, let payload):
                if let tenant = Identifier<Tenant>(payload) { live.forget(tenant) }
            }
        }
        await listener.close()
    }

    private func writeReceipts() async {
        while !Task.isCancelled {
            await pending.signal.wait(atMost: .seconds(5))
            await Task { await self.writePending() }.value
        }
    }

    /// Unstructured, so that a server told to stop still writes what it has.
    private func writePending() async {
        for (tenant, receipt) in pending.takeAll() {
            do {
                try await record(receipt, of: tenant)
            } catch {
                logger.warning("a rule's receipt could not be written", metadata: ["rule": "\(receipt.rule.name)", "error": "\(error)"])
            }
        }
    }
}

extension RuleGate {
    /// So many failures in a row switch a version off.
    private static let patience = 20

    /// Writes the receipt of a run that changed nothing, and switches a version off that keeps failing.
    func record(_ receipt: Receipt, of tenant: Identifier<Tenant>) async throws(Failure) {
        guard let learned else { return }
        let occasion = receipt.occasion
        let actor = SystemActor(tenant: tenant, cause: occasion.event, depth: occasion.depth)
        let isSwitchedOff = try await learned.store.transaction(as: actor) { tx in
            try await tx.execute(RunQueries.insert(receipt, tenant: tenant, repeatable: true))
            guard receipt.isFault else { return false }
            let row = try await tx.first(RunQueries.keepsFailing(receipt.rule, times: Self.patience, tenant: tenant))
            guard try row?("always") ?? false else { return false }
            return try await switchOff(receipt.rule, learned, actor, tx)
        }
        if isSwitchedOff { live.forget(tenant) }
    }

    private func switchOff(_ rule: LiveRule, _ learned: Learned, _ actor: SystemActor, _ tx: TenantTransaction) async throws -> Bool {
        _ = try await tx.query(HookQueries.lock(tx.tenant))
        guard let row = try await tx.first(ScriptQueries.script(rule.script, tenant: tx.tenant, locked: true)) else { return false }
        let script = try Script(row)
        guard script.status == .live, script.liveVersion == rule.number else { return false }
        let reason = "Version \(rule.number) failed \(Self.patience) times in a row."
        try await tx.execute(ScriptQueries.setStatus(.disabled, version: rule.number, of: script.id, tx))
        for statement in HookQueries.refresh(tx) { _ = try await tx.query(statement) }
        try await tx.append(ScriptDisabled(script: ScriptFact(script, status: .disabled, version: rule.number), reason: reason))
        let text = "The rule \"\(rule.name)\" was switched off. \(reason)"
        let message = InputSource(body: ["role": .string(Role.tenantAdmin.rawValue), "text": .string(text)])
        _ = try await learned.operations["notify"]?.perform(message, by: actor.caller.joining(tx))
        return true
    }
}
