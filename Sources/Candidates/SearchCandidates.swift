import Foundation
package import Kernel
import Postgres
import ResumeParsing

struct SearchCandidates: Codable, Sendable {
    /// Words, or their beginnings, in name, headline and skills: all of them.
    let q: Text<200>?
    /// All of them.
    let skills: List<Text<80>, 20>?
    let location: Text<200>?
    let experienceMin: Bounded<0, 80>?
    let experienceMax: Bounded<0, 80>?
    let jobSearchMode: JobSearchMode?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

/// A candidate in a list, in their own words or those from their latest resume.
package struct CandidateSummary: Codable, Sendable {
    package let id: Identifier<User>
    package let name: String
    package let headline: String?
    package let location: String?
    package let skills: [String]
    package let yearsOfExperience: Double?
    package let jobSearchMode: JobSearchMode
}

extension Candidates {
    /// Those whom the member may know of, sorted by name; whoever has the very word that was asked for comes first.
    func search(_ input: SearchCandidates, by member: Member) async throws(Failure) -> Page<CandidateSummary> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(as: member, try CandidateQueries.search(input, by: member, request))
        return try Page(rows, request: request, CandidateSummary.init)
    }
}

extension CandidateSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            name: ContactMask.masked(try row("name")),
            headline: ContactMask.masked(try row("headline") as String?),
            location: ContactMask.masked(try row("location") as String?),
            skills: (try row("skills") as [String]).map(ContactMask.masked),
            yearsOfExperience: try row("years"),
            jobSearchMode: try row("job_search_mode")
        )
    }
}
