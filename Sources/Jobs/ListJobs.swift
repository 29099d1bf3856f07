package import Foundation
package import Kernel
import Postgres

struct ListJobs: Codable, Sendable {
    let status: JobStatus?
    let companyId: Identifier<Company>?
    let createdBy: Identifier<User>?
    let q: Text<200>?
    let location: Text<200>?
    /// Exact, except for case.
    let department: Text<200>?
    let publishedAfter: Date?
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
    package let publishedAt: Date?
    package let updatedAt: Date
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
            publishedAt: try row("published_at"),
            updatedAt: try row("updated_at")
        )
    }
}
