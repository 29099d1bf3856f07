package import Applications
package import Foundation
package import Jobs
package import Kernel
import Postgres

/// How long applications are kept after their last activity, for a tenant or one of its companies, by how far they came. A company's own
/// rule takes precedence over the tenant's. It begins as a draft; only one that was tried can be activated.
package struct RetentionRule: Codable, Sendable {
    package let id: Identifier<RetentionRule>
    /// Nil means all companies without a rule of their own.
    package let companyId: Identifier<Company>?
    package let companyName: String?
    package let category: StageCategory
    package let months: Int
    package let triedAt: Date?
    package let activeSince: Date?
    package let createdBy: Identifier<User>?
    package let createdAt: Date

    init(_ row: Row) throws {
        id = try row("id")
        companyId = try row("company_id")
        companyName = try row("company_name")
        category = try row("category")
        months = try row("months")
        triedAt = try row("tried_at")
        activeSince = try row("active_since")
        createdBy = try row("created_by")
        createdAt = try row("created_at")
    }
}

/// An application that a rule has flagged.
package struct RetentionFlag: Codable, Sendable {
    package let applicationId: Identifier<Application>
    package let candidateName: String
    package let jobTitle: String
    package let ruleId: Identifier<RetentionRule>
    package let flaggedAt: Date
    package let dueAt: Date

    init(_ row: Row) throws {
        applicationId = try row("application_id")
        candidateName = try row("candidate_name")
        jobTitle = try row("job_title")
        ruleId = try row("rule_id")
        flaggedAt = try row("flagged_at")
        dueAt = try row("due_at")
    }
}
