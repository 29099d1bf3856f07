import Kernel
import Postgres

struct MergeCandidates: Codable, Sendable {
    let keptId: Identifier<User>
    let mergedId: Identifier<User>
}

extension Candidates {
    func merge(_ input: MergeCandidates, by member: Member) async throws(Failure) -> Merge {
        try member.requireWholeTenant(.mergeCandidates)
        try input.requireTwo()
        return try await store.transaction(as: member) { tx in
            tx.queue(MergeQueries.lock(tx.tenant))
            for id in [input.keptId, input.mergedId] {
                guard try await !tx.query(CandidateQueries.isCandidate(id, tenant: tx.tenant)).isEmpty else {
                    throw Failure.candidateNotFound
                }
            }
            guard try await tx.query(MergeQueries.entangled(input.keptId, input.mergedId, tx)).isEmpty else { throw Failure.mergedBefore }
            guard let row = try await tx.first(MergeQueries.insert(Identifier(), input, tx)) else { throw Failure.candidateNotFound }
            let merge = try Merge(row)
            try tx.append(
                CandidatesMerged(mergeId: merge.id, keptId: merge.keptId, mergedId: merge.mergedId, reasons: merge.reasons)
            )
            return merge
        }
    }
}

extension MergeCandidates {
    func requireTwo() throws(Failure) {
        guard keptId != mergedId else { throw .validation("mergedId", "Must be somebody else.") }
    }
}
