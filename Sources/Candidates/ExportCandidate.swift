import Kernel
import ResumeParsing
import Resumes

extension Candidates {
    /// The profile and every resume with what was read from it, for the export of everything held about a candidate.
    func export(for user: SignedIn) async throws(Failure) -> JSON {
        guard let candidate = CandidateUser(user.caller) else { return .null }
        let profile = try await showMe(NoInput(), by: candidate)
        let resumes = try await resumes.all(of: candidate)
        do { return ["profile": try JSON(encoding: profile), "resumes": try JSON(encoding: resumes)] } catch { throw .internal(error) }
    }
}
