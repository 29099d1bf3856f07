import Foundation
import Kernel

/// What a tenant's administrators must hear of at once: a rule that stopped. They read it as a notification and in a mail.
struct RuleAlarm: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
        case switchedOff, paused, shadowEnded

        var headline: String {
            switch self {
            case .switchedOff: "was switched off"
            case .paused: "is paused"
            case .shadowEnded: "no longer runs in shadow"
            }
        }

        /// What to do now.
        var advice: String {
            switch self {
            case .switchedOff: "It does not run until you publish a new version or roll back to an earlier one."
            case .paused: "It still runs, but what it would do waits. Release or discard what waits, and resume the rule."
            case .shadowEnded: "The live version is not affected."
            }
        }
    }

    let id: UUID
    let kind: Kind
    let script: Identifier<Script>
    let name: String
    let version: Int
    let reason: String
    /// With the line.
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

    var title: String { "The rule \"\(name)\" \(kind.headline)" }
}

extension RuleGate {
    /// In the transaction of what is told.
    func raise(_ alarm: RuleAlarm, _ learned: Learned, _ actor: SystemActor, _ tx: TenantTransaction) async throws {
        let words: JSON = ["role": .string(Role.tenantAdmin.rawValue), "text": .string("\(alarm.title). \(alarm.reason)")]
        _ = try await learned.operations["notify"]?.perform(InputSource(body: words), by: actor.caller.joining(tx))
        try tx.enqueue(TellAdmins(alarm: alarm))
    }
}
