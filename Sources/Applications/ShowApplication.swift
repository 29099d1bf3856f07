import Kernel
import ResumeParsing

struct ShowApplication: Codable, Sendable {
    let id: Identifier<Application>
}

/// An application as its reader may see it, with the notes for members: one flat object.
package struct ApplicationView: Codable, Sendable, Versioned {
    package let application: Application
    package let notes: [Note]?
    package var version: Int { application.version }

    init(application: Application, notes: [Note]?) {
        self.application = application
        self.notes = notes
    }
}

extension ApplicationView {
    private enum CodingKeys: String, CodingKey {
        case notes
    }

    package init(from decoder: any Decoder) throws {
        application = try Application(from: decoder)
        notes = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent([Note].self, forKey: .notes)
    }

    package func encode(to encoder: any Encoder) throws {
        try application.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(notes, forKey: .notes)
    }
}

extension Applications {
    func show(_ input: ShowApplication, by user: Reader) async throws(Failure) -> ApplicationView {
        let application = try await visible(input.id, to: user)
        guard let member = user.member, application.isOpenToEmployer(user) else {
            return ApplicationView(application: application.asSeenByCandidate, notes: nil)
        }
        return ApplicationView(application: application.asSeenByEmployer, notes: try await notes(of: application, readBy: member))
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
        // The row's counter and time also change with those.
        seen.updatedAt = movedAt
        seen.version = 0
        seen.version = visibleVersion(of: seen)
        return seen
    }

    /// Contact data is masked in the candidate's letter as it is in their profile.
    var asSeenByEmployer: Application {
        var seen = self
        seen.coverLetter = ContactMask.masked(coverLetter)
        return seen
    }
}
