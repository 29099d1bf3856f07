package import Foundation
import Identity
import Kernel
import Postgres

/// A candidate's rating, given once.
struct RateCompany: Codable, Sendable {
    let id: Identifier<Company>
    let rating: Bounded<1, 5>
    let comment: Text<2000>?
}

/// What a candidate thinks of a company. Ratings are anonymous.
package struct RatingView: Codable, Sendable {
    package let rating: Int
    package let comment: String?
    package let createdAt: Date
}

extension Companies {
    func rate(_ input: RateCompany, by candidate: CandidateUser) async throws(Failure) -> RatingView {
        guard let user = SignedIn(candidate.caller),
            try await !store.query(as: candidate, CompanyQueries.visible(input.id, to: user)).isEmpty
        else { throw .companyNotFound }
        guard try await hasApplied(candidate, input.id) else { throw .ratingNeedsApplication }
        return try await store.transaction(as: candidate) { tx in
            tx.queue(RatingQueries.insert(input, by: candidate.user, tx))
            let company = try await self.company(input.id, in: tx)
            try tx.append(
                CompanyRated(
                    company: CompanyFact(company),
                    rating: input.rating.value,
                    comment: input.comment?.value,
                    averageRating: company.averageRating
                )
            )
            return RatingView(rating: input.rating.value, comment: input.comment?.value, createdAt: tx.now)
        }
    }
}
