package import Foundation
package import Kernel
import Postgres

struct UndoMerge: Codable, Sendable {
    let id: Identifier<Merge>
}

/// Something that was added while two were one, and the account it came with: whoever undoes the merge says whether it is where it belongs.
package struct SinceMerge: Codable, Sendable {
    package let event: String
    package let subject: EventSubject
    package let candidateId: Identifier<User>
    package let occurredAt: Date

    init(_ row: Row) throws {
        event = try row("name")
        subject = EventSubject(kind: try row("subject_kind"), id: try row("subject_id"))
        candidateId = try row("candidate_id")
        occurredAt = try row("occurred_at")
    }
}

package struct UndoneMerge: Codable, Sendable {
    package let merge: Merge
    package let since: [SinceMerge]
}

extension Candidates {
    /// Each side has its own data again, because it never lost it.
    func undoMerge(_ input: UndoMerge, by member: Member) async throws(Failure) -> UndoneMerge {
        try member.requireWholeTenant(.mergeCandidates)
        return try await store.transaction(as: member) { tx in
            tx.queue(MergeQueries.lock(tx.tenant))
            guard let row = try await tx.first(MergeQueries.undo(input.id, tx)) else {
                guard try await tx.first(MergeQueries.merge(input.id, tenant: tx.tenant)) != nil else { throw Failure.mergeNotFound }
                throw Failure.mergeUndone
            }
            let merge = try Merge(row)
            let since = try await tx.query(MergeQueries.since(merge, tenant: tx.tenant)).map(SinceMerge.init)
            try tx.append(CandidatesUnmerged(mergeId: merge.id, keptId: merge.keptId, mergedId: merge.mergedId))
            return UndoneMerge(merge: merge, since: since)
        }
    }
}
