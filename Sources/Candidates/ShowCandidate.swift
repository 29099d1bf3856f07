import Kernel
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

    /// Hidden candidates, and users who are none, are not found.
    func show(_ input: ShowCandidate, by member: Member) async throws(Failure) -> CandidateProfile {
        try await store.transaction(as: member) { tx in
            guard try await !tx.query(CandidateQueries.isCandidate(input.id, tenant: tx.tenant)).isEmpty else {
                throw Failure.candidateNotFound
            }
            let profile = try await profile(input.id, reading: try await resumes.latest(of: input.id, resume: nil, in: tx), tx)
            guard profile.jobSearchMode != .hidden else { throw Failure.candidateNotFound }
            return profile.maskedForEmployer
        }
    }
}
