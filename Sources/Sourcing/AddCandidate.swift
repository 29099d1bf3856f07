package import Applications
package import Candidates
package import Foundation
import Identity
import Jobs
package import Kernel
import Postgres
import ResumeParsing
package import Resumes

/// A candidate to add: with a name or an address at least.
struct AddCandidate: Codable, Sendable {
    let id: Identifier<Company>
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
}

/// A candidate whom a company added, as it keeps them.
package struct AddedCandidate: Codable, Sendable {
    package let id: Identifier<User>
    package let name: String
    package let contact: ContactData
    package let headline: String?
    package let location: String?
    package let source: String?
    package let tags: [String]
    package let note: String?
    /// The resume that they were added with.
    package let resumeId: Identifier<Resume>?
    /// Absent if a program or a rule did.
    package let addedBy: Identifier<User>?
    package let addedAt: Date
    /// When they were last asked to have an account.
    package let invitedAt: Date?
    /// Whether they have one, and see what is kept of them.
    package let hasAccount: Bool
    /// The application that they were entered with, in the answer of adding them.
    package internal(set) var applicationId: Identifier<Application>?
    /// Others whom the member knows of and who may be the same person, in the answer of adding them.
    package internal(set) var duplicates: [PossibleDuplicate]?
}

extension Sourcing {
    func add(_ input: AddCandidate, by member: Member) async throws(Failure) -> AddedCandidate {
        try await store.transaction(as: member) { tx in
            _ = try await company(input.id, of: member, in: tx)
            let new = try NewCandidate(input)
            try await requireJob(input.jobId, of: input.id, tx)
            tx.queue(Identity.insertSourced(new.person, tx))
            return try await add(new, input, resume: nil, by: member, tx)
        }
    }

    /// Keeps somebody who has a row, and perhaps a resume.
    func add(
        _ new: NewCandidate,
        _ input: AddCandidate,
        resume: Identifier<Resume>?,
        by member: Member,
        _ tx: TenantTransaction
    ) async throws(Failure) -> AddedCandidate {
        try candidates.add(new, to: input.id, by: tx.caller.user, resume: resume, in: tx)
        let application = try await enter(new, input.jobId, of: input.id, resume: resume, tx)
        guard let row = try await tx.first(SourcingQueries.candidate(new.person.id, of: input.id, tenant: tx.tenant)) else {
            throw .candidateNotFound
        }
        var added = try reading { try AddedCandidate(row) }
        added.applicationId = application
        added.duplicates = try await tx.query(Candidates.duplicates(of: new.person.id, for: member)).decoded(PossibleDuplicate.init)
        return added
    }

    /// Straight onto a job, if one is named.
    func enter(
        _ new: NewCandidate,
        _ job: Identifier<Job>?,
        of company: Identifier<Company>,
        resume: Identifier<Resume>? = nil,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Identifier<Application>? {
        guard let job else { return nil }
        return try await applications.enter(new.person.id, for: job, of: company, source: new.source, resume: resume, tx)
    }

    /// A confidential job is its team's alone.
    func requireJob(_ job: Identifier<Job>?, of company: Identifier<Company>, _ tx: TenantTransaction) async throws(Failure) {
        guard let job, try await tx.first(SourcingQueries.job(job, of: company, for: tx.caller)) == nil else { return }
        throw .validation("jobId", "Must be a published job of the company.")
    }
}

extension NewCandidate {
    /// With what a resume says where the member left something out.
    init(_ input: AddCandidate, _ resume: ParsedResume? = nil) throws(Failure) {
        let read = ReadPerson(resume)
        let hasName = input.firstName != nil || input.lastName != nil
        let email = input.email ?? read.email
        let firstName = hasName ? input.firstName?.value : read.firstName
        let lastName = hasName ? input.lastName?.value : read.lastName
        guard firstName != nil || lastName != nil || email != nil else {
            throw .validation([
                "firstName": "A name or an e-mail address is required.", "email": "A name or an e-mail address is required.",
            ])
        }
        self.init(
            person: SourcedPerson(
                email: email,
                firstName: firstName,
                lastName: lastName,
                phone: input.phone?.value ?? read.phone,
                locale: input.locale?.value
            ),
            headline: input.headline?.value,
            location: input.location?.value,
            source: input.source?.value,
            tags: input.tags?.elements.map(\.value) ?? [],
            note: input.note?.value
        )
    }
}

/// Who a resume is of.
struct ReadPerson {
    let firstName: String?
    let lastName: String?
    let email: EmailAddress?
    let phone: String?

    init(_ resume: ParsedResume?) {
        let name = resume?.name.flatMap { PersonName($0.value) }
        firstName = name?.first
        lastName = name?.last
        email = resume?.emails.lazy.compactMap { try? EmailAddress($0.value) }.first
        phone = resume?.phones.lazy.compactMap { try? PhoneNumber($0.value).value }.first
    }
}

/// A name in two parts, from one text: `Ada King Lovelace`, or `Lovelace, Ada King`.
struct PersonName {
    let first: String?
    let last: String?

    /// Nil if there is nothing in it, or more than a name.
    init?(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let isReversed = parts.count == 2 && !parts.contains("")
        let first = isReversed ? parts[1] : words.dropLast(words.count > 1 ? 1 : 0).joined(separator: " ")
        let last = isReversed ? parts[0] : words.count > 1 ? words.last : nil
        guard let checked = try? Text<100>(first) else { return nil }
        self.first = checked.value
        self.last = last.flatMap { try? Text<100>($0).value }
        if last != nil, self.last == nil { return nil }
    }
}
