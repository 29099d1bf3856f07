package import Foundation
package import Jobs
package import Kernel
import Postgres

struct ListApplications: Codable, Sendable {
    enum Sort: String, Codable, CaseIterable, Sendable {
        case updated
        /// The longest in their stage first; of the open ones, unless a filter says otherwise.
        case waiting
    }

    let status: Text<60>?
    let category: StageCategory?
    /// Neither hired, rejected nor withdrawn.
    let isOpen: Bool?
    let jobId: Identifier<Job>?
    let companyId: Identifier<Company>?
    /// The job's: exact, except for case.
    let department: Text<200>?
    let candidateId: Identifier<User>?
    /// Exact, except for case.
    let candidateName: Text<200>?
    let tag: Text<60>?
    let withoutTag: Text<60>?
    /// All of these words, in the applicant's name, headline and skills, or in the job's title.
    let q: Text<200>?
    /// Case and accents make no difference.
    let source: Text<60>?
    let isDisqualified: Bool?
    let minScore: Bounded<0, 100>?
    let appliedAfter: Date?
    /// In its stage since then or longer.
    let movedBefore: Date?
    let movedAfter: Date?
    let sort: Sort?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

struct ListApplicationsOfJob: Codable, Sendable {
    enum Sort: String, Codable, CaseIterable, Sendable {
        case newest, oldest, score, rating
    }

    let id: Identifier<Job>
    let status: Text<60>?
    let category: StageCategory?
    let minScore: Bounded<0, 100>?
    /// All of these words, in the applicant's name, headline and skills, or in the resume that came with the application.
    let q: Text<200>?
    /// All of them.
    let skills: List<Text<80>, 20>?
    let tag: Text<60>?
    let source: Text<60>?
    let isDisqualified: Bool?
    let sort: Sort?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

/// A card on the board, or a line in a list.
package struct ApplicationSummary: Codable, Sendable {
    package let id: Identifier<Application>
    package let jobId: Identifier<Job>
    package let jobTitle: String
    package let department: String?
    package let companyId: Identifier<Company>
    package let companyName: String
    package let candidateId: Identifier<User>
    package let candidateName: String
    package let headline: String?
    package let status: String
    package let category: StageCategory
    package let atsScore: Int?
    /// Where the candidate came from, in their own or the posting's words.
    package let source: String?
    /// Whether an answer rules the candidate out; only for the employer.
    package internal(set) var isDisqualified: Bool?
    package internal(set) var rating: Double?
    package internal(set) var tags: [String]
    package let appliedAt: Date
    /// When it entered its stage.
    package let movedAt: Date
    package let updatedAt: Date

    /// Tags, ratings and what rules out are only for the employer.
    var asSeenByCandidate: ApplicationSummary {
        var seen = self
        seen.isDisqualified = nil
        seen.rating = nil
        seen.tags = []
        return seen
    }
}

extension Applications {
    func list(_ input: ListApplications, by user: Reader) async throws(Failure) -> Page<ApplicationSummary> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        return try page(
            try await store.query(as: user, try ApplicationQueries.list(input, visibleTo: user, request)),
            request,
            seenBy: user
        )
    }

    func listOfJob(_ input: ListApplicationsOfJob, by member: Member) async throws(Failure) -> Page<ApplicationSummary> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let found = try await store.queries(
            as: member,
            [Jobs.statement(for: input.id, knownTo: member), try ApplicationQueries.list(input, seenBy: member, request)]
        )
        let job = try Jobs.job(found[0])
        guard member.scope(.viewApplications).contains(job.companyId) else { throw .jobNotFound }
        return try page(found[1], request)
    }

    private func page(_ rows: Rows, _ request: PageRequest, seenBy user: Reader? = nil) throws(Failure) -> Page<ApplicationSummary> {
        try Page(rows, request: request) { row in
            let summary = try ApplicationSummary(row)
            return summary.candidateId == user?.user ? summary.asSeenByCandidate : summary
        }
    }
}
