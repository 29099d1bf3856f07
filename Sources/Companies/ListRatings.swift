import Identity
package import Kernel
import Postgres

/// Which company's ratings to list, newest first.
struct ListRatings: Codable, Sendable {
    let id: Identifier<Company>
    let page: PageNumber?
    let limit: Bounded<1, 100>?
}

/// A page of ratings with the average of all of them.
package struct RatingList: Codable, Sendable {
    package let averageRating: Double?
    package let items: [RatingView]
    package let pagination: Page<RatingView>.Pagination
}

extension Companies {
    func listRatings(_ input: ListRatings, by user: SignedIn) async throws(Failure) -> RatingList {
        let request = try PageRequest(page: input.page, limit: input.limit)
        let rows = try await store.query(as: user, RatingQueries.list(input.id, for: user, request))
        // The company's own row comes even if it has no ratings.
        guard let first = rows.first else { throw .companyNotFound }
        return try reading {
            let ratings = try rows.filter { try $0.raw("rating") != nil }.map { try RatingView($0) }
            let pagination = Page<RatingView>.Pagination(total: try first("total"), request: request)
            return RatingList(averageRating: try first("average"), items: ratings, pagination: pagination)
        }
    }
}
