import Blobs
import Foundation
import Kernel
import Postgres

struct ShowResume: Codable, Sendable {
    let id: Identifier<Resume>
}

extension Resumes {
    func showMine(_ input: ShowResume, by candidate: CandidateUser) async throws(Failure) -> ResumeView {
        let rows = try await store.query(as: candidate, ResumeQueries.resume(input.id, of: candidate.user, tenant: candidate.tenant))
        return try ResumeView(found: rows)
    }

    /// An application keeps the resume that it came with: whoever may view one reads the other, contact data included.
    func show(_ input: ShowResume, by reader: Reader) async throws(Failure) -> ResumeView {
        try ResumeView(found: try await store.query(as: reader, ResumeQueries.visible(input.id, to: reader)))
    }

    func file(_ input: ShowResume, by reader: Reader) async throws(Failure) -> FileDownload {
        let rows = try await store.query(as: reader, ResumeQueries.visible(input.id, to: reader))
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

extension ResumeView {
    fileprivate init(found rows: Rows) throws(Failure) {
        guard let row = rows.first else { throw .resumeNotFound }
        self = try reading { ResumeView(resume: try Resume(row), parsed: try row.jsonIfPresent("parsed")) }
    }
}
