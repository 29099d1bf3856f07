package import Foundation
import Identity
package import Kernel
import Postgres

struct ShowHistory: Codable, Sendable {
    let id: Identifier<Application>
}

/// One thing that happened: when, what, who or which rule, and why.
package struct HistoryEntry: Codable, Sendable {
    package let id: Identifier<EventRecord>
    package let event: String
    package let occurredAt: Date
    package let actor: String
    package let actorId: UUID?
    /// The member or the rule; shown to members only.
    package internal(set) var actorName: String?
    package let causeId: Identifier<EventRecord>?
    package let from: String?
    package let to: String?
    package let reason: String?
    package let details: JSON
}

extension Applications {
    /// Read from the event log itself: there is no second history. Candidates don't see notes, tags, ratings and scorecards, nor who acted
    /// and why: people should tell them that.
    func history(_ input: ShowHistory, by user: Reader) async throws(Failure) -> Items<HistoryEntry> {
        let application = try await visible(input.id, to: user)
        let isMember = application.isOpenToEmployer(user)
        return try await store.transaction(as: user) { tx in
            let rows = try await tx.query(ApplicationQueries.history(input.id, forMember: isMember, tenant: tx.tenant))
            var entries = try rows.map { try HistoryEntry($0, withDetails: isMember) }
            if isMember { try await nameActors(in: &entries, tx) }
            return Items(entries)
        }
    }

    private func nameActors(in entries: inout [HistoryEntry], _ tx: TenantTransaction) async throws(Failure) {
        let rules = try await ruleNames(entries.filter { $0.actor == "rule" }.compactMap(\.actorId), tx)
        let users = try await identity.users(entries.filter { $0.actor == "user" }.compactMap { $0.actorId.map(Identifier.init) }, in: tx)
        for index in entries.indices {
            guard let id = entries[index].actorId else { continue }
            entries[index].actorName = entries[index].actor == "rule" ? rules[id] : users[Identifier(id)]?.name
        }
    }
}
