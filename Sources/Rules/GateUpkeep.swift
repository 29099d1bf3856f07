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
            group.addTask { await self.runShadows() }
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
