import Kernel

struct ShowApplication: Codable, Sendable {
    let id: Identifier<Application>
}

/// An application as its reader may see it: notes and ratings are for members.
package struct ApplicationView: Codable, Sendable, Versioned {
    package let application: Application
    package let notes: [Note]?
    package var version: Int { application.version }
}

extension Applications {
    func show(_ input: ShowApplication, by user: Reader) async throws(Failure) -> ApplicationView {
        let application = try await visible(input.id, to: user)
        guard let member = user.member, member.scope(.viewApplications).contains(application.companyId) else {
            return ApplicationView(application: application.asSeenByCandidate, notes: nil)
        }
        return ApplicationView(application: application, notes: try await notes(of: application, readBy: member))
    }
}

extension Application {
    /// Tags, ratings and what disqualifies are the employer's own.
    var asSeenByCandidate: Application {
        var seen = self
        seen.rating = nil
        seen.ratings = 0
        seen.tags = []
        seen.disqualifiedBy = []
        return seen
    }
}
