package import Foundation

/// Tag for rows of the event log.
package enum EventRecord {}

/// A domain event: something that happened, in the past tense. Its payload is what was true at that moment, so that rules, webhooks and replay need no other source.
package protocol Event: Codable, Sendable {
    /// `application.submitted`: the noun, a dot, the past tense.
    static var name: String { get }
    static var summary: String { get }
    /// A believable payload, shown in the catalogue and used by dry runs.
    static var sample: Self { get }
    /// Which parts of the payload are personal, and whose.
    static var personal: [PersonalPart] { get }
    /// What the server itself does about it, beside what tenants' rules do. The payload of this work is the event's id, as `event`.
    static var followUps: [any Work.Type] { get }
    var subject: EventSubject { get }
}

extension Event {
    package static var personal: [PersonalPart] { [] }
    package static var followUps: [any Work.Type] { [] }
}

/// A change about to happen, put before the tenant's `before` rules inside its transaction: they may refuse it or amend the named fields.
package protocol Proposal: Codable, Sendable {
    /// `application.status_changing`: the present tense.
    static var name: String { get }
    static var summary: String { get }
    static var sample: Self { get }
    static var amendable: [String] { get }
    var subject: EventSubject { get }
}

/// What an event is about. The kind is the entity's name in Lua: `application`.
package struct EventSubject: Sendable, Hashable, Codable {
    package let kind: String
    package let id: UUID

    package init<Entity>(_ kind: String, _ id: Identifier<Entity>) {
        self.kind = kind
        self.id = id.uuid
    }

    package init(kind: String, id: UUID) {
        self.kind = kind
        self.id = id
    }
}

/// Who did it.
package enum EventActor: Sendable, Hashable {
    case anonymous
    case user(Identifier<User>)
    /// A published version of a tenant's script.
    case rule(UUID)
    case system

    package var kind: String {
        switch self {
        case .anonymous: "anonymous"
        case .user: "user"
        case .rule: "rule"
        case .system: "system"
        }
    }

    package var id: UUID? {
        switch self {
        case .user(let user): user.uuid
        case .rule(let version): version
        case .anonymous, .system: nil
        }
    }
}

/// Checks a proposed change before it happens: the rule engine. Runs inside the transaction of the change.
package protocol ProposalGate: Sendable {
    /// The payload with the rules' amendments; throws `ruleRejected` if a rule refuses.
    func consider(_ proposal: ProposedChange, in transaction: TenantTransaction) async throws(Failure) -> JSON
}

/// A proposal as the gate sees it.
package struct ProposedChange: Sendable {
    package let name: String
    package let subject: EventSubject
    package let payload: JSON
    package let amendable: [String]
}
