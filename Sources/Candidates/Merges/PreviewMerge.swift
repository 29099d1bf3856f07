package import Foundation
package import Kernel
import Postgres

/// Two candidates side by side, before they are merged.
package struct MergePreview: Codable, Sendable {
    package struct Side: Codable, Sendable {
        package let id: Identifier<User>
        package let name: String
        package let registeredAt: Date
        /// What is kept under the account.
        package internal(set) var holds: [Holding] = []
    }

    package struct Holding: Codable, Sendable {
        package let kind: String
        package let count: Int
    }

    package let kept: Side
    package let merged: Side
    /// What they have in common.
    package let reasons: [MergeReason]
    /// One of them is already merged with somebody.
    package let isMergedBefore: Bool
}

extension Candidates {
    func previewMerge(_ input: MergeCandidates, by member: Member) async throws(Failure) -> MergePreview {
        try member.requireWholeTenant(.mergeCandidates)
        try input.requireTwo()
        return try await store.transaction(as: member) { tx in
            let kept = try await side(input.keptId, tx)
            let merged = try await side(input.mergedId, tx)
            let shared = try await tx.first(TraitQueries.shared(by: input.keptId, and: input.mergedId, tenant: tx.tenant))
            let entangled = try await tx.query(MergeQueries.entangled(input.keptId, input.mergedId, tx))
            return MergePreview(
                kept: kept,
                merged: merged,
                reasons: try shared?.reasons("reasons") ?? [],
                isMergedBefore: !entangled.isEmpty
            )
        }
    }

    private func side(_ id: Identifier<User>, _ tx: TenantTransaction) async throws(Failure) -> MergePreview.Side {
        guard let row = try await tx.first(MergeQueries.side(id, tenant: tx.tenant)) else { throw .candidateNotFound }
        let holdings = try await tx.query(MergeQueries.holdings(of: id, capabilities.belongings, tenant: tx.tenant))
        return try reading {
            var side = MergePreview.Side(id: try row("id"), name: try row("name"), registeredAt: try row("created_at"))
            side.holds = try holdings.map { MergePreview.Holding(kind: try $0("kind"), count: try $0("count")) }
            return side
        }
    }
}
