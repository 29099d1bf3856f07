package import Candidates
import Jobs
import Kernel
package import Outbox
import Postgres
import ResumeParsing

struct ShowApplication: Codable, Sendable {
    let id: Identifier<Application>
}

/// An application as its reader may see it, with notes and contact data for members: one flat object.
package struct ApplicationView: Codable, Sendable, Versioned {
    package let application: Application
    package let notes: [Note]?
    /// How to reach the applicant: the account's address, and the numbers in the resume that came with the application.
    package let contact: ContactData?
    /// The stages, by key, that members may move it to now; a hire also takes an accepted offer or a reason.
    package let allowedMoves: [String]?
    /// Candidates whom the member knows of and who may be the same person.
    package let duplicates: [PossibleDuplicate]?
    /// Mail to the applicant's address came back, and nobody has confirmed it since.
    package internal(set) var mailBounce: MailBounce?
    package var version: Int { application.version }

    init(
        application: Application,
        notes: [Note]? = nil,
        contact: ContactData? = nil,
        allowedMoves: [String]? = nil,
        duplicates: [PossibleDuplicate]? = nil
    ) {
        self.application = application
        self.notes = notes
        self.contact = contact
        self.allowedMoves = allowedMoves
        self.duplicates = duplicates
    }
}

extension ApplicationView {
    private enum CodingKeys: String, CodingKey {
        case notes, contact, allowedMoves, duplicates, mailBounce
    }

    package init(from decoder: any Decoder) throws {
        application = try Application(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        notes = try container.decodeIfPresent([Note].self, forKey: .notes)
        contact = try container.decodeIfPresent(ContactData.self, forKey: .contact)
        allowedMoves = try container.decodeIfPresent([String].self, forKey: .allowedMoves)
        duplicates = try container.decodeIfPresent([PossibleDuplicate].self, forKey: .duplicates)
        mailBounce = try container.decodeIfPresent(MailBounce.self, forKey: .mailBounce)
    }

    package func encode(to encoder: any Encoder) throws {
        try application.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(notes, forKey: .notes)
        try container.encodeIfPresent(contact, forKey: .contact)
        try container.encodeIfPresent(allowedMoves, forKey: .allowedMoves)
        try container.encodeIfPresent(duplicates, forKey: .duplicates)
        try container.encodeIfPresent(mailBounce, forKey: .mailBounce)
    }
}

extension Applications {
    /// Whoever applied to a company has given it their contact data: nothing is masked here.
    func show(_ input: ShowApplication, by user: Reader) async throws(Failure) -> ApplicationView {
        let application = try await visible(input.id, to: user)
        guard let member = user.member, application.isOpenToEmployer(user) else {
            return ApplicationView(application: application.asSeenByCandidate)
        }
        let tenant = member.tenant
        let rows = try await store.queries(
            as: member,
            [
                NoteQueries.notes(of: application.id, tenant: tenant), ApplicationQueries.contact(of: application, tenant: tenant),
                Jobs.pipelineStatement(of: application.jobId, tenant: tenant),
                Candidates.duplicates(of: application.candidateId, for: member),
            ]
        )
        let isErased = application.applicant.name == Erased.mark
        var view = ApplicationView(
            application: application,
            notes: try rows[0].decoded(Note.init),
            contact: isErased ? nil : try reading { try rows[1].first.map(ContactData.init) },
            allowedMoves: application.moves(in: try Jobs.pipeline(rows[2])),
            duplicates: isErased ? nil : try rows[3].decoded(PossibleDuplicate.init)
        )
        if !isErased { view.mailBounce = try reading { try rows[1].first?.jsonIfPresent("mail_bounce") } }
        return view
    }
}

extension ContactData {
    fileprivate init(_ row: Row) throws {
        let found: [Confident<String>] = try row.jsonIfPresent("phones") ?? []
        let typed: String? = try row("phone")
        self.init(email: try row("email"), phones: (typed.map { [$0] } ?? []) + found.map(\.value), isMasked: false)
    }
}

extension Application {
    /// Tags, ratings and disqualifications are only for the employer.
    var asSeenByCandidate: Application {
        var seen = self
        seen.rating = nil
        seen.ratings = 0
        seen.tags = []
        seen.disqualifiedBy = []
        seen.answers = answers.map { answer in
            var seen = answer
            seen.disqualifying = nil
            return seen
        }
        // The row's counter and time also change with those.
        seen.updatedAt = movedAt
        seen.version = 0
        seen.version = visibleVersion(of: seen)
        return seen
    }
}
