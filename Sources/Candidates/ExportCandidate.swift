import Kernel
import ResumeParsing
import Resumes

extension Candidates {
    /// The profile, every resume with what was read from it, and what companies knew before there was an account, for the export of everything held about a candidate.
    func export(for user: SignedIn) async throws(Failure) -> JSON {
        guard let candidate = CandidateUser(user.caller) else { return .null }
        let profile = try await showMe(NoInput(), by: candidate)
        let resumes = try await resumes.all(of: candidate)
        let kept = try await store.query(as: candidate, SourcedQueries.kept(of: candidate.user, tenant: candidate.tenant))
        let added = try kept.decoded(KeptRecord.init)
        do {
            return [
                "profile": try JSON(encoding: profile), "resumes": try JSON(encoding: resumes), "addedBy": try JSON(encoding: added),
            ]
        } catch { throw .internal(error) }
    }
}
