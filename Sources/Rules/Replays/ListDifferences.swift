package import Foundation
package import Kernel
import Postgres

struct ListDifferences: Codable, Sendable {
    let id: Identifier<Replay>
    let kind: DifferenceKind?
    /// The number of the last one seen.
    let cursor: Bounded<0, 2_000_000_000>?
    let limit: Bounded<1, 100>?
}

/// A past event for which the draft would have acted differently.
package struct DifferenceView: Codable, Sendable {
    package let number: Int
    package let eventId: Identifier<EventRecord>
    /// What the handler reacts to: the event, or the proposal that led to it.
    package let event: String
    package let subjectKind: String
    package let subjectId: UUID
    /// The name of the subject.
    package let label: String
    package let occurredAt: Date
    package let kinds: [DifferenceKind]
    package let outcome: RunOutcome
    package let reason: String?
    package let would: JSON
    package let did: JSON
    /// Part of the result is based on today's state, because the log doesn't tell how it was.
    package let isApproximate: Bool
}

extension Rules {
    func differences(_ input: ListDifferences, by admin: TenantAdmin) async throws(Failure) -> CursorPage<DifferenceView> {
        let replay = try await replay(input.id, for: admin)
        let limit = input.limit?.value ?? 50
        let found = try await differences(of: replay.id, kind: input.kind, after: input.cursor?.value ?? 0, limit: limit + 1, for: admin)
        return CursorPage(found, limit: limit) { "\($0.number)" }
    }

    func differences(
        of replay: Identifier<Replay>,
        kind: DifferenceKind? = nil,
        after number: Int,
        limit: Int,
        for admin: TenantAdmin
    ) async throws(Failure) -> [DifferenceView] {
        let statement = DifferenceQueries.list(of: replay, kind: kind, after: number, limit: limit, tenant: admin.tenant)
        return try await store.query(as: admin, statement).decoded(DifferenceView.init)
    }
}
