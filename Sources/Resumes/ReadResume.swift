package import Blobs
import Documents
import Foundation
package import Kernel
package import ResumeParsing

/// A document that has been read at once, for somebody who waits for what is in it.
package struct ReadResume: Sendable {
    package let parsed: ParsedResume
    let file: UploadedFile
    let kind: DocumentKind
    let text: ExtractedText
}

extension Resumes {
    /// Reads the document of a candidate whom a member of a company enters.
    package func read(_ file: UploadedFile, for member: Member) async throws(Failure) -> ReadResume {
        guard file.size <= Self.largestFile else { throw .documentTooLarge }
        let owner = DocumentOwner(tenant: member.tenant.uuid, person: member.user?.uuid ?? member.tenant.uuid)
        do {
            let (kind, text) = try await reader.text(of: file.path, for: owner)
            let request = ParseRequest(document: text, today: PartialDate(store.clock.now()))
            let parsed: ParsedResume = try await reader.answer(ParseRequest.task, request, for: owner)
            return ReadResume(parsed: parsed, file: file, kind: kind, text: text)
        } catch {
            throw .unreadable(error)
        }
    }

    /// Stores the file. Until a row names it, whoever asked for this discards it if that row is refused.
    package func keepFile(of read: ReadResume, for id: Identifier<Resume>, in tenant: Identifier<Tenant>) async throws(Failure) -> BlobKey {
        let key = BlobKey(tenant: tenant.uuid, id: id.uuid, at: store.clock.now())
        do { _ = try await blobs.put(contentsOf: URL(fileURLWithPath: read.file.path), as: key) } catch { throw .internal(error) }
        return key
    }

    package func discardFile(_ key: BlobKey) async { try? await blobs.delete(key) }

    package func insert(
        _ read: ReadResume,
        as id: Identifier<Resume>,
        _ key: BlobKey,
        of candidate: Identifier<User>,
        _ tx: TenantTransaction
    ) throws(Failure) {
        let upload = UploadResume(file: read.file, title: nil, linkedinUrl: nil)
        tx.queue(ResumeQueries.insert(id, upload, kind: read.kind, text: read.text, key: key, owner: candidate, tx))
        try tx.append(
            ResumeUploaded(resume: ResumeFact(id: id, candidateId: candidate, status: .uploaded, mediaType: read.kind.mediaType))
        )
        tx.queue(try ResumeQueries.setParsed(read.parsed, of: id, tx))
        try append(
            read.parsed,
            of: ResumeFact(id: id, candidateId: candidate, status: .parsed, mediaType: read.kind.mediaType),
            tx
        )
    }
}
