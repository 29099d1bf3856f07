package import Identity
package import Kernel
import ResumeParsing
package import Resumes

/// Candidates' profiles: their own words take precedence over their resumes.
package struct Candidates: Capability {
    let store: TenantStore
    let identity: Identity
    let resumes: Resumes
    let capabilities: Capabilities

    package init(store: TenantStore, identity: Identity, resumes: Resumes, capabilities: Capabilities) {
        self.store = store
        self.identity = identity
        self.resumes = resumes
        self.capabilities = capabilities
    }

    package static var events: [any Event.Type] {
        [
            CandidateUpdated.self, CandidateAdded.self, CandidateInvited.self, CandidatesMerged.self, CandidatesUnmerged.self,
            SinceAssigned.self, MergeDismissed.self,
            MergeDismissalUndone.self,
        ]
    }

    package static var constraints: [String: Failure] { ["candidate_merges_once": .mergedBefore] }

    package var work: [WorkHandler] { [WorkHandler(join)] }

    package var personalData: [PersonalDataSource] { [PersonalDataSource("candidate", collect: export)] }

    package static var part: APIPart { .hiring }

    /// The candidate as an application records them, for boards, events and rules: without contact data. Incomplete while the resume is
    /// still being read.
    package func applicant(
        _ candidate: Identifier<User>,
        resume: Identifier<Resume>?,
        in tx: TenantTransaction
    ) async throws(Failure) -> Applicant {
        let reading = try await resumes.latest(of: candidate, resume: resume, in: tx)
        if let resume, reading?.resume != resume { throw .validation("resumeId", "Resume not found.") }
        let profile = try await profile(candidate, reading: reading, tx)
        return Applicant(
            name: ContactMask.masked(profile.name),
            headline: ContactMask.masked(profile.headline),
            location: ContactMask.masked(profile.location),
            skills: profile.skills.map(ContactMask.masked),
            titles: profile.experience.compactMap(\.title).map(ContactMask.masked),
            yearsOfExperience: profile.yearsOfExperience,
            education: profile.education.compactMap(\.level).max(),
            isComplete: reading?.status != .uploaded
        )
    }

    func profile(_ candidate: Identifier<User>, reading: Reading?, _ tx: TenantTransaction) async throws(Failure) -> CandidateProfile {
        guard let user = try await identity.user(candidate, in: tx) else { throw .candidateNotFound }
        let row = try await tx.first(CandidateQueries.profile(candidate, tenant: tx.tenant))
        do { return CandidateProfile(user, try row.map(StoredProfile.init), reading?.parsed) } catch { throw Failure(error) }
    }
}
