import Documents
import Foundation
import Kernel
import Postgres
import ResumeParsing

/// Reads an uploaded resume's text into fields. Doing it again gives the same fields.
struct ParseResume: Work {
    static let name = "resumes.parse"
    static let lane = Lane.heavy
    let resume: Identifier<Resume>
}

extension Resumes {
    func parse(_ work: ParseResume, as system: SystemActor) async throws {
        let rows = try await store.query(as: system, ResumeQueries.text(of: work.resume, tenant: system.tenant))
        guard let row = rows.first else { return }
        let owner: Identifier<User> = try row("candidate_id")
        let mediaType: String = try row("media_type")
        let document = ExtractedText(
            text: try row("text"),
            prominentLine: try row("prominent_line"),
            links: try row("links")
        )
        let request = ParseRequest(document: document, today: PartialDate(store.clock.now()))
        do {
            let parsed: ParsedResume = try await reader.answer(
                ParseRequest.task,
                request,
                for: DocumentOwner(owner, in: system.tenant)
            )
            try await keep(parsed, of: ResumeFact(id: work.resume, candidateId: owner, status: .parsed, mediaType: mediaType), as: system)
        } catch let error as DocumentError where !error.isTemporary {
            let fact = ResumeFact(id: work.resume, candidateId: owner, status: .failed, mediaType: mediaType)
            try await giveUp(fact, because: error, as: system)
        }
    }

    private func keep(_ parsed: ParsedResume, of fact: ResumeFact, as system: SystemActor) async throws(Failure) {
        try await store.transaction(as: system) { tx in
            guard try await tx.execute(ResumeQueries.setParsed(parsed, of: fact.id, tx)) > 0 else { return }
            try append(parsed, of: fact, tx)
        }
    }

    func append(_ parsed: ParsedResume, of fact: ResumeFact, _ tx: TenantTransaction) throws(Failure) {
        try tx.append(
            ResumeParsed(resume: fact, skills: parsed.skills.map(\.name), yearsOfExperience: parsed.totalYearsOfExperience?.value)
        )
    }

    /// The file stays as it is; the candidate is told why nothing was read from it, and whatever waited for it continues without.
    private func giveUp(_ fact: ResumeFact, because error: DocumentError, as system: SystemActor) async throws(Failure) {
        try await store.transaction(as: system) { tx in
            guard try await tx.execute(ResumeQueries.setFailed(error.explanation, of: fact.id, tx)) > 0 else { return }
            try tx.append(ResumeUnreadable(resume: fact, problem: error.explanation))
        }
    }
}

extension DocumentOwner {
    init(_ candidate: Identifier<User>, in tenant: Identifier<Tenant>) {
        self.init(tenant: tenant.uuid, person: candidate.uuid)
    }
}
