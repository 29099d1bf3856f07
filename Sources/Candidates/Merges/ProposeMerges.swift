package import Kernel
import Postgres

struct ProposeMerges: Codable, Sendable {
    let limit: Bounded<1, 100>?
}

/// Two candidates who may be one person, and why.
package struct MergeProposal: Codable, Sendable {
    /// The older account.
    package let keptId: Identifier<User>
    package let keptName: String
    package let mergedId: Identifier<User>
    package let mergedName: String
    package let reasons: [MergeReason]

    init(_ row: Row) throws {
        keptId = try row("kept_id")
        keptName = try row("kept_name")
        mergedId = try row("merged_id")
        mergedName = try row("merged_name")
        reasons = try row.reasons("reasons")
    }
}

extension Candidates {
    /// Those with the most in common first.
    func proposeMerges(_ input: ProposeMerges, by member: Member) async throws(Failure) -> Items<MergeProposal> {
        try member.requireWholeTenant(.mergeCandidates)
        let rows = try await store.query(as: member, TraitQueries.proposals(limit: input.limit?.value ?? 50, tenant: member.tenant))
        return Items(try rows.decoded(MergeProposal.init))
    }
}
