import Kernel
import Postgres

struct ListMerges: Codable, Sendable {
    let cursor: Identifier<Merge>?
    let limit: Bounded<1, 100>?
}

extension Candidates {
    /// Newest first, including those that were undone.
    func listMerges(_ input: ListMerges, by member: Member) async throws(Failure) -> CursorPage<Merge> {
        try member.requireWholeTenant(.mergeCandidates)
        let limit = input.limit?.value ?? 50
        let rows = try await store.query(as: member, MergeQueries.list(before: input.cursor, limit: limit, tenant: member.tenant))
        return CursorPage(try rows.decoded(Merge.init), limit: limit) { $0.id.description }
    }
}
