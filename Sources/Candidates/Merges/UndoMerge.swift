package import Foundation
package import Kernel
import Postgres

struct NamedMerge: Codable, Sendable {
    let id: Identifier<Merge>
}

/// Something that was added while two were one, and the account it is under: whoever undoes the merge says whether it is where it belongs.
package struct SinceMerge: Codable, Sendable {
    package let subject: EventSubject
    /// The job's title for an application, or the resume's own.
    package let label: String
    package let candidateId: Identifier<User>
    package let occurredAt: Date
    /// Who decided whose it is; null until somebody does.
    package let assignedBy: Identifier<User>?
    package let assignedAt: Date?

    init(_ row: Row) throws {
        subject = EventSubject(kind: try row("subject_kind"), id: try row("subject_id"))
        label = try row("label")
        candidateId = try row("candidate_id")
        occurredAt = try row("came_at")
        assignedBy = try row("assigned_by")
        assignedAt = try row("assigned_at")
    }
}

package struct MergeWithSince: Codable, Sendable {
    package let merge: Merge
    package let since: [SinceMerge]
}

extension Candidates {
    /// Each side has its own data again, because it never lost it.
    func undoMerge(_ input: NamedMerge, by member: Member) async throws(Failure) -> MergeWithSince {
        try member.requireWholeTenant(.mergeCandidates)
        return try await store.transaction(as: member) { tx in
            tx.queue(MergeQueries.lock(tx.tenant))
            guard let row = try await tx.first(MergeQueries.undo(input.id, tx)) else {
                _ = try await merge(input.id, in: tx)
                throw Failure.mergeUndone
            }
            let merge = try Merge(row)
            try tx.append(CandidatesUnmerged(mergeId: merge.id, keptId: merge.keptId, mergedId: merge.mergedId))
            return try await since(merge, tx)
        }
    }

    /// What was added so far, or until the merge was undone.
    func showSince(_ input: NamedMerge, by member: Member) async throws(Failure) -> MergeWithSince {
        try member.requireWholeTenant(.mergeCandidates)
        return try await store.transaction(as: member) { tx in try await since(try await merge(input.id, in: tx), tx) }
    }

    private func since(_ merge: Merge, _ tx: TenantTransaction) async throws(Failure) -> MergeWithSince {
        let rows = try await tx.query(SinceQueries.list(merge, capabilities.belongings, tenant: tx.tenant))
        return MergeWithSince(merge: merge, since: try rows.decoded(SinceMerge.init))
    }
}
