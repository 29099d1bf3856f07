import Kernel
import Postgres
import ResumeParsing
import Resumes

struct ShowCandidate: Codable, Sendable {
    let id: Identifier<User>
}

extension Candidates {
    func showMe(_ input: NoInput, by candidate: CandidateUser) async throws(Failure) -> CandidateProfile {
        try await store.transaction(as: candidate) { tx in
            try await profile(candidate.user, reading: try await resumes.latest(of: candidate.user, resume: nil, in: tx), tx)
        }
    }

    /// Hidden candidates, and users who aren't candidates, are not found. The id of a merged candidate leads to the one that was kept.
    func show(_ input: ShowCandidate, by member: Member) async throws(Failure) -> CandidateProfile {
        try await store.transaction(as: member) { tx in
            let id = try await answering(for: input.id, in: tx)
            guard try await !tx.query(CandidateQueries.isCandidate(id, tenant: tx.tenant)).isEmpty else {
                throw Failure.candidateNotFound
            }
            let profile = try await profile(id, reading: try await resumes.latest(of: id, resume: nil, in: tx), tx)
            guard profile.jobSearchMode != .hidden else { throw Failure.candidateNotFound }
            var seen = profile.maskedForEmployer
            let others: [Identifier<User>] = try await tx.query(MergeQueries.merged(into: id, tenant: tx.tenant)).map {
                try $0("merged_id")
            }
            if !others.isEmpty { seen.mergedIds = others }
            return seen
        }
    }
}
