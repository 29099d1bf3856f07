import Foundation
import Kernel
import Letters

/// What a tenant's administrators must know at once: a rule that stopped. They get a notification and a mail.
struct RuleAlarm: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
        case switchedOff, paused, shadowEnded
    }

    let id: UUID
    let kind: Kind
    let script: Identifier<Script>
    let name: String
    let version: Int
    let reason: String
    /// Includes the line.
    let lastError: String?

    init(_ kind: Kind, by receipt: Receipt, _ reason: String) {
        id = receipt.id.uuid
        self.kind = kind
        script = receipt.rule.script
        name = receipt.rule.name
        version = receipt.rule.number
        self.reason = reason
        lastError = receipt.isFault ? receipt.reason : nil
    }

    var title: String { Words.text("alarm.\(kind.rawValue).title", in: .english, ["rule": name]) }
}

extension RuleGate {
    /// Within the transaction of what it reports.
    func raise(_ alarm: RuleAlarm, _ learned: Learned, _ actor: SystemActor, _ tx: TenantTransaction) async throws {
        let words: JSON = ["role": .string(Role.tenantAdmin.rawValue), "text": .string("\(alarm.title). \(alarm.reason)")]
        _ = try await learned.operations["notify"]?.perform(InputSource(body: words), by: actor.caller.joining(tx))
        try tx.enqueue(TellAdmins(alarm: alarm))
    }
}
