import Jobs
import Kernel

struct ShowScore: Codable, Sendable {
    let id: Identifier<Application>
}

extension Applications {
    func score(_ input: ShowScore, by user: Reader) async throws(Failure) -> Score {
        let application = try await visible(input.id, to: user)
        let rows = try await store.query(as: user, ApplicationQueries.score(application.id, tenant: user.tenant))
        guard let row = rows.first else { throw .notScoredYet }
        let score = try reading { try Score(row) }
        return application.isOpenToEmployer(user) ? score : score.asSeenByCandidate
    }
}

extension Score {
    /// The weights are only for the employer.
    var asSeenByCandidate: Score {
        Score(total: total, components: components.map(\.unweighted))
    }
}
