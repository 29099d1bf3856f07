package import Foundation
package import Identity
package import Kernel
import Postgres

/// Which of the tenant's companies to list, those that have waited longest first.
struct ListCompanies: Codable, Sendable {
    let approval: CompanyApproval?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

/// A company as shown to those who decide on it.
package struct CompanySummary: Codable, Sendable {
    package let id: Identifier<Company>
    package let name: String
    package let website: String?
    package let location: String?
    package let approval: CompanyApproval
    package let approvalReason: String?
    /// Who signed it up; nil if a rule created it, or if they are gone.
    package let founder: UserSummary?
    package let createdAt: Date

    init(_ row: Row) throws {
        id = try row("company_id")
        name = try row("name")
        website = try row("website")
        location = try row("location")
        approval = try row("approval")
        approvalReason = try row("approval_reason")
        founder = try row.raw("id") == nil ? nil : UserSummary(row)
        createdAt = try row("created_at")
    }
}

extension Companies {
    func list(_ input: ListCompanies, by admin: TenantAdmin) async throws(Failure) -> Page<CompanySummary> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(as: admin, try CompanyQueries.list(input, tenant: admin.tenant, request))
        return try Page(rows, request: request, CompanySummary.init)
    }
}
