import Blobs
import Documents
import Foundation
import Kernel
import Postgres

struct UploadResume: Codable, Sendable {
    /// The document.
    let file: UploadedFile
    let title: Text<200>?
    let linkedinUrl: WebAddress?
}

extension Resumes {
    static let largestFile = 10 * 1024 * 1024

    /// The document is opened before anything is stored: one that can't be read is refused at once, with the reason. Candidates who have
    /// reached their limit are refused before that, and again when the row is written, because several may come at once.
    func upload(_ input: UploadResume, by candidate: CandidateUser) async throws(Failure) -> Resume {
        guard input.file.size <= Self.largestFile else { throw .documentTooLarge }
        if let limit = ResumePlan.limit(candidate.caller.tier) {
            guard try await count(of: candidate.user, as: candidate) < limit else { throw .resumeLimit }
        }
        let (kind, text) = try await read(input.file, of: candidate)
        let id = Identifier<Resume>()
        let key = BlobKey(tenant: candidate.tenant.uuid, id: id.uuid, at: store.clock.now())
        do {
            _ = try await blobs.put(contentsOf: URL(fileURLWithPath: input.file.path), as: key)
        } catch {
            throw .internal(error)
        }
        do {
            return try await store.transaction(as: candidate) { tx in
                try await tx.answering(insert(id, input, kind: kind, text: text, key: key, by: candidate, tx))
            }
        } catch {
            // The row was refused, so nothing names its file. If this fails too, one file too many is left and nothing is lost.
            try? await blobs.delete(key)
            throw error
        }
    }

    private func insert(
        _ id: Identifier<Resume>,
        _ input: UploadResume,
        kind: DocumentKind,
        text: ExtractedText,
        key: BlobKey,
        by candidate: CandidateUser,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Resume {
        // Serializes one candidate's uploads, so that many at once can't pass the limit together.
        tx.queue(ResumeQueries.lock(candidate.user, tenant: tx.tenant))
        if let limit = ResumePlan.limit(candidate.caller.tier) {
            let row = try await tx.first(ResumeQueries.count(of: candidate.user, tenant: tx.tenant))
            let count: Int = try reading { try row.map { try $0("count") } ?? 0 }
            guard count < limit else { throw .resumeLimit }
        }
        tx.queue(ResumeQueries.insert(id, input, kind: kind, text: text, key: key, owner: candidate.user, tx))
        let fact = ResumeFact(id: id, candidateId: candidate.user, status: .uploaded, mediaType: kind.mediaType)
        try tx.append(ResumeUploaded(resume: fact))
        try tx.enqueue(ParseResume(resume: id), WorkOptions(priority: 50))
        guard let row = try await tx.first(ResumeQueries.resume(id, of: candidate.user, tenant: tx.tenant)) else { throw .resumeNotFound }
        return try reading { try Resume(row) }
    }

    private func read(_ file: UploadedFile, of candidate: CandidateUser) async throws(Failure) -> (DocumentKind, ExtractedText) {
        do {
            return try await reader.text(of: file.path, for: DocumentOwner(candidate.user, in: candidate.tenant))
        } catch {
            throw .unreadable(error)
        }
    }
}
