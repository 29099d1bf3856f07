package import Foundation
package import Kernel
import Postgres

/// A proposal to merge two candidates that somebody turned down. They are proposed again only for a new reason.
package struct MergeDismissal: Codable, Sendable {
    package let id: Identifier<MergeDismissal>
    package let keptId: Identifier<User>
    package let keptName: String
    package let mergedId: Identifier<User>
    package let mergedName: String
    package let reasons: [MergeReason]
    package let dismissedBy: Identifier<User>?
    package let dismissedAt: Date

    init(_ row: Row) throws {
        id = try row("id")
        keptId = try row("first_id")
        keptName = try row("first_name")
        mergedId = try row("second_id")
        mergedName = try row("second_name")
        reasons = try row.reasons("reasons")
        dismissedBy = try row("dismissed_by")
        dismissedAt = try row("dismissed_at")
    }
}

struct NamedDismissal: Codable, Sendable {
    let id: Identifier<MergeDismissal>
}

struct ListDismissals: Codable, Sendable {
    let cursor: Identifier<MergeDismissal>?
    let limit: Bounded<1, 100>?
}

extension Candidates {
    /// The order of the two doesn't matter.
    func dismissProposal(_ input: MergeCandidates, by member: Member) async throws(Failure) -> MergeDismissal {
        try member.requireWholeTenant(.mergeCandidates)
        try input.requireTwo()
        return try await store.transaction(as: member) { tx in
            tx.queue(MergeQueries.lock(tx.tenant))
            let pair = [input.keptId, input.mergedId].sorted { $0.description < $1.description }
            let shared = try await tx.first(TraitQueries.shared(by: pair[0], and: pair[1], tenant: tx.tenant))
            let reasons = try shared?.reasons("reasons") ?? []
            guard !reasons.isEmpty else { throw Failure.mergeNotProposed }
            guard let row = try await tx.first(DismissalQueries.dismiss(pair[0], pair[1], reasons, tx)) else {
                throw Failure.mergeNotProposed
            }
            try tx.append(MergeDismissed(dismissalId: row("id"), keptId: pair[0], mergedId: pair[1], reasons: reasons))
            guard let dismissal = try await tx.first(DismissalQueries.dismissal(row("id"), tenant: tx.tenant)) else {
                throw Failure.dismissalNotFound
            }
            return try MergeDismissal(dismissal)
        }
    }

    /// Newest first.
    func listDismissals(_ input: ListDismissals, by member: Member) async throws(Failure) -> CursorPage<MergeDismissal> {
        try member.requireWholeTenant(.mergeCandidates)
        let limit = input.limit?.value ?? 50
        let rows = try await store.query(as: member, DismissalQueries.list(before: input.cursor, limit: limit, tenant: member.tenant))
        return CursorPage(try rows.decoded(MergeDismissal.init), limit: limit) { $0.id.description }
    }

    func undoDismissal(_ input: NamedDismissal, by member: Member) async throws(Failure) -> NoContent {
        try member.requireWholeTenant(.mergeCandidates)
        return try await store.transaction(as: member) { tx in
            guard let row = try await tx.first(DismissalQueries.undo(input.id, tx)) else { throw Failure.dismissalNotFound }
            try tx.append(MergeDismissalUndone(dismissalId: input.id, keptId: row("first_id"), mergedId: row("second_id")))
            return NoContent()
        }
    }
}
