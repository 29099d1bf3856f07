import Kernel

struct RateApplication: Codable, Sendable {
    let id: Identifier<Application>
    let ifMatch: ExpectedVersion?
    let rating: Bounded<1, 5>
    /// Criterion to points.
    let criteria: [String: Bounded<1, 5>]?
    let comment: Text<2000>?
}

extension Applications {
    /// One rating per member; a later one replaces the earlier.
    func rate(_ input: RateApplication, by member: Member) async throws(Failure) -> Application {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .rateApplications, tx)
            try input.ifMatch?.check(subject.application.version)
            try tx.queue(ApplicationQueries.rate(input, tx))
            tx.queue(ApplicationQueries.summarizeRatings(of: input.id, tx))
            let rated = try await application(input.id, in: tx)
            try tx.append(
                ApplicationRated(application: ApplicationFact(rated, job: subject.job, cards: subject.cards), given: input.rating.value)
            )
            return rated
        }
    }
}
