import Kernel
import ResumeParsing
import Resumes

struct UpdateCandidate: Codable, Sendable {
    let ifMatch: ExpectedVersion?
    let headline: Patch<Text<200>>
    let summary: Patch<Text<5000>>
    let location: Patch<Text<200>>
    /// Null means those from the resume.
    let skills: Patch<List<Text<80>, 200>>
    let preferences: Patch<Preferences>
    let jobSearchMode: JobSearchMode?
    /// `pool` lets companies find the candidate that they haven't applied to.
    let visibility: Visibility?
}

extension Candidates {
    func updateMe(_ input: UpdateCandidate, by candidate: CandidateUser) async throws(Failure) -> CandidateProfile {
        try await store.transaction(as: candidate) { tx in
            tx.queue(CandidateQueries.insertMissing(candidate.user, tx))
            guard let row = try await tx.first(CandidateQueries.profile(candidate.user, tenant: tx.tenant, locked: true)) else {
                throw Failure.candidateNotFound
            }
            let stored = try StoredProfile(row)
            try input.ifMatch?.check(stored.version)
            let reading = try await resumes.latest(of: candidate.user, resume: nil, in: tx)
            guard try input.changes(stored) else { return try await profile(candidate.user, reading: reading, tx) }
            try tx.queue(CandidateQueries.update(stored, input, of: candidate.user, tx))
            let profile = try await profile(candidate.user, reading: reading, tx)
            let fact = CandidateFact(
                id: candidate.user,
                jobSearchMode: profile.jobSearchMode,
                skills: profile.skills.map(ContactMask.masked)
            )
            try tx.append(CandidateUpdated(candidate: fact))
            return profile
        }
    }
}

extension UpdateCandidate {
    fileprivate func changes(_ stored: StoredProfile) throws(Failure) -> Bool {
        let preferences = try Wire.text(preferences.value(or: stored.preferences) ?? .none)
        let former = try Wire.text(stored.preferences)
        return headline.changes(stored.headline, as: \.value) || summary.changes(stored.summary, as: \.value)
            || location.changes(stored.location, as: \.value) || skills.changes(stored.skills) { $0.elements.map(\.value) }
            || preferences != former || jobSearchMode.map { $0 != stored.jobSearchMode } ?? false
            || visibility.map { $0 != stored.visibility } ?? false
    }
}
