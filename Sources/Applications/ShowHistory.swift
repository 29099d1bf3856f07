package import Foundation
package import Kernel
import Postgres

struct ShowHistory: Codable, Sendable {
    let id: Identifier<Application>
}

/// One thing that happened: when, what, who or which rule, why.
package struct HistoryEntry: Codable, Sendable {
    package let id: Identifier<EventRecord>
    package let event: String
    package let occurredAt: Date
    package let actor: String
    package let actorId: UUID?
    package let causeId: Identifier<EventRecord>?
    package let from: String?
    package let to: String?
    package let reason: String?
    package let details: JSON
}

extension Applications {
    /// Read from the event log itself: there is no second history. Candidates don't see notes, tags, ratings and scorecards.
    func history(_ input: ShowHistory, by user: Reader) async throws(Failure) -> Items<HistoryEntry> {
        let application = try await visible(input.id, to: user)
        let isMember = user.member?.scope(.viewApplications).contains(application.companyId) ?? false
        let rows = try await store.query(as: user, ApplicationQueries.history(input.id, forMember: isMember, tenant: user.tenant))
        do { return Items(try rows.map { try HistoryEntry($0, withDetails: isMember) }) } catch { throw Failure(error) }
    }
}
