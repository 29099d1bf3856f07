import Postgres

/// What a role may do. Checked by an operation's declared access, and again by the companies a member's statement reaches.
package enum Permission: String, Sendable, CaseIterable, Codable {
    case viewMembers = "companies.viewMembers"
    case administerCompany = "companies.administer"
    case viewCandidates = "candidates.view"
    case addCandidates = "candidates.add"
    case mergeCandidates = "candidates.merge"
    case viewJobs = "jobs.view"
    case manageJobs = "jobs.manage"
    case managePipelines = "pipelines.manage"
    case viewApplications = "applications.view"
    case moveApplications = "applications.move"
    case rateApplications = "applications.rate"
    case noteApplications = "applications.note"
    case scheduleInterviews = "interviews.schedule"
    case writeScorecards = "scorecards.write"
    case manageOffers = "offers.manage"
    case administerTenant = "tenant.administer"
    case administerSystem = "system.administer"
}

/// A user's roles in the tenant (candidate, employer, tenantAdmin, systemAdmin) and a member's role in a company (the other three).
package enum Role: String, Sendable, CaseIterable, Codable {
    case candidate
    case employer
    case recruiter
    case hiringManager
    case companyAdmin
    case tenantAdmin
    case systemAdmin

    /// The permission table: everything each role may do.
    package var permissions: Set<Permission> {
        switch self {
        case .candidate, .employer: []
        case .hiringManager:
            [
                .viewMembers, .viewCandidates, .viewJobs, .viewApplications, .moveApplications, .rateApplications, .noteApplications,
                .scheduleInterviews, .writeScorecards,
            ]
        case .recruiter: Role.hiringManager.permissions.union([.addCandidates, .manageJobs, .managePipelines])
        case .companyAdmin: Role.recruiter.permissions.union([.administerCompany, .manageOffers])
        case .tenantAdmin: Role.companyAdmin.permissions.union([.administerTenant, .mergeCandidates])
        case .systemAdmin: [.administerSystem]
        }
    }

    package static let ofCompany: Set<Role> = [.recruiter, .hiringManager, .companyAdmin]
}

extension Role: SQLEncodable, SQLDecodable {}
