package import Foundation
package import Kernel
import Postgres

struct ListJobs: Codable, Sendable {
    let status: JobStatus?
    let companyId: Identifier<Company>?
    let createdBy: Identifier<User>?
    let q: Text<200>?
    let location: Text<200>?
    /// All of it; case and accents make no difference.
    let department: Text<200>?
    let publishedAfter: DayStart?
    let employmentType: EmploymentType?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

package struct JobSummary: Codable, Sendable {
    package let id: Identifier<Job>
    package let title: String
    package let companyId: Identifier<Company>
    package let companyName: String
    package let department: String?
    package let location: String?
    package let workplace: Workplace
    package let employmentType: EmploymentType
    package let status: JobStatus
    /// Known to its hiring team alone.
    package let isConfidential: Bool
    package let openings: Int
    package let publishedAt: Date?
    package let closesAt: Date?
    package let updatedAt: Date
    /// The job's stages with the number of applications in each, up to 1,000; only for members of its company.
    package let stages: [StageCount]?
}

package struct StageCount: Codable, Sendable {
    package let key: String
    package let name: String
    package let category: StageCategory
    package let count: Int
}

extension Jobs {
    func list(_ input: ListJobs, by user: Reader) async throws(Failure) -> Page<JobSummary> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(as: user, try JobQueries.list(input, visibleTo: user, request))
        return try Page(rows, request: request, JobSummary.init)
    }
}

extension JobSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            title: try row("title"),
            companyId: try row("company_id"),
            companyName: try row("company_name"),
            department: try row("department"),
            location: try row("location"),
            workplace: try row("workplace"),
            employmentType: try row("employment_type"),
            status: try row("status"),
            isConfidential: try row("is_confidential"),
            openings: try row("openings"),
            publishedAt: try row("published_at"),
            closesAt: try row("closes_at"),
            updatedAt: try row("updated_at"),
            stages: try row.raw("stages") == nil ? nil : row.json("stages")
        )
    }
}
