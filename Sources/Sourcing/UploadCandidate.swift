package import Candidates
import Foundation
import Identity
import Jobs
import Kernel
import Postgres
import ResumeParsing
import Resumes

/// A candidate to add with a resume, which fills in what is left out.
struct UploadCandidate: Codable, Sendable {
    let id: Identifier<Company>
    /// The document.
    let file: UploadedFile
    let firstName: Text<100>?
    let lastName: Text<100>?
    let email: EmailAddress?
    let phone: PhoneNumber?
    /// The language to write to them in.
    let locale: LocaleCode?
    let headline: Text<200>?
    let location: Text<200>?
    /// Where the company found them: `meetup`, `agency`.
    let source: Text<60>?
    let tags: List<Text<60>, 20>?
    let note: Text<5000>?
    /// An open job of the company, which they are entered for.
    let jobId: Identifier<Job>?

    var fields: AddCandidate {
        AddCandidate(
            id: id,
            firstName: firstName,
            lastName: lastName,
            email: email,
            phone: phone,
            locale: locale,
            headline: headline,
            location: location,
            source: source,
            tags: tags,
            note: note,
            jobId: jobId
        )
    }
}

/// A resume to look into.
struct ProposeCandidate: Codable, Sendable {
    let id: Identifier<Company>
    /// The document.
    let file: UploadedFile
}

/// What a resume says, for the member to confirm.
package struct ProposedCandidate: Codable, Sendable {
    package let firstName: String?
    package let lastName: String?
    package let email: String?
    package let phone: String?
    package let headline: String?
    package let location: String?
    package let skills: [String]
    /// Others whom the member knows of and who may be the same person.
    package let duplicates: [PossibleDuplicate]
}

extension Sourcing {
    func upload(_ input: UploadCandidate, by member: Member) async throws(Failure) -> AddedCandidate {
        try await requireCompany(input.id, of: member)
        let read = try await resumes.read(input.file, for: member)
        let new = try NewCandidate(input.fields, read.parsed)
        let resume = Identifier<Resume>()
        let key = try await resumes.keepFile(of: read, for: resume, in: member.tenant)
        do {
            return try await store.transaction(as: member) { tx in
                _ = try await company(input.id, of: member, in: tx)
                try await requireJob(input.jobId, of: input.id, tx)
                tx.queue(Identity.insertSourced(new.person, tx))
                try resumes.insert(read, as: resume, key, of: new.person.id, tx)
                return try await tx.answering(add(new, input.fields, resume: resume, by: member, tx))
            }
        } catch {
            await resumes.discardFile(key)
            throw error
        }
    }

    /// Adds the candidate on trial, to see whom they resemble.
    func propose(_ input: ProposeCandidate, by member: Member) async throws(Failure) -> ProposedCandidate {
        try await requireCompany(input.id, of: member)
        let parsed = try await resumes.read(input.file, for: member).parsed
        let read = ReadPerson(parsed)
        let person = SourcedPerson(
            email: read.email,
            firstName: read.firstName,
            lastName: read.lastName,
            phone: read.phone,
            locale: nil
        )
        let new = NewCandidate(person: person, headline: nil, location: nil, source: nil, tags: [], note: nil)
        let duplicates = try await store.trial(as: member) { tx in
            tx.queue(Identity.insertSourced(new.person, tx))
            try candidates.add(new, to: input.id, by: tx.caller.user, in: tx)
            return try await tx.query(Candidates.duplicates(of: person.id, for: member)).decoded(PossibleDuplicate.init)
        }
        return ProposedCandidate(
            firstName: read.firstName,
            lastName: read.lastName,
            email: read.email?.value,
            phone: read.phone,
            headline: parsed.headline?.value,
            location: parsed.location?.value,
            skills: parsed.skills.map(\.name),
            duplicates: duplicates
        )
    }
}
