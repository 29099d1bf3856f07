import Documents
import Foundation
import Kernel
import Postgres
import ResumeParsing

/// Reads an uploaded resume's text into fields. Doing it again gives the same fields.
struct ParseResume: Work {
    static let name = "resumes.parse"
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
        let parsed = ResumeParser(today: PartialDate(store.clock.now())).parse(document)
        try await store.transaction(as: system) { tx in
            guard try await tx.execute(ResumeQueries.setParsed(parsed, of: work.resume, tx)) > 0 else { return }
            let fact = ResumeFact(id: work.resume, candidateId: owner, status: .parsed, mediaType: mediaType)
            try tx.append(
                ResumeParsed(resume: fact, skills: parsed.skills.map(\.name), yearsOfExperience: parsed.totalYearsOfExperience?.value)
            )
        }
    }
}
