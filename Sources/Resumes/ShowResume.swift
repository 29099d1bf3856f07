import Blobs
import Foundation
import Kernel
import Postgres

struct ShowResume: Codable, Sendable {
    let id: Identifier<Resume>
}

extension Resumes {
    func show(_ input: ShowResume, by candidate: CandidateUser) async throws(Failure) -> ResumeView {
        let rows = try await store.query(as: candidate, ResumeQueries.resume(input.id, of: candidate.user, tenant: candidate.tenant))
        guard let row = rows.first else { throw .resumeNotFound }
        return try reading { ResumeView(resume: try Resume(row), parsed: try row.jsonIfPresent("parsed")) }
    }

    func file(_ input: ShowResume, by candidate: CandidateUser) async throws(Failure) -> FileDownload {
        let rows = try await store.query(as: candidate, ResumeQueries.resume(input.id, of: candidate.user, tenant: candidate.tenant))
        guard let row = rows.first else { throw .resumeNotFound }
        do {
            let resume = try Resume(row)
            guard let key = BlobKey(try row("blob_key")) else { throw Failure.resumeNotFound }
            return try await blobs.download(key, name: resume.fileName, mediaType: resume.mediaType)
        } catch {
            throw Failure(error)
        }
    }
}
