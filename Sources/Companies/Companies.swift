package import Identity
package import Kernel
package import Notifications
import Postgres

/// Whether a candidate has applied to a job of a company; this target can't import the one that knows.
package typealias ApplicationCheck = @Sendable (CandidateUser, Identifier<Company>) async throws(Failure) -> Bool

/// Employers, the people who work for them, and candidates' ratings.
package struct Companies: Capability {
    let store: TenantStore
    let identity: Identity
    let notifications: Notifications
    let hasApplied: ApplicationCheck

    package init(store: TenantStore, identity: Identity, notifications: Notifications, hasApplied: @escaping ApplicationCheck) {
        self.store = store
        self.identity = identity
        self.notifications = notifications
        self.hasApplied = hasApplied
    }

    package static var events: [any Event.Type] {
        [
            CompanyCreated.self, CompanyUpdated.self, CompanyApproved.self, CompanyRejected.self, MemberInvited.self, MemberChanged.self,
            CompanyRated.self,
        ]
    }

    package static var constraints: [String: Failure] {
        [
            "companies_name_key": .companyNameTaken,
            "company_ratings_once": .ratedBefore,
        ]
    }

    /// Names for lists of things that belong to companies.
    package func names(
        _ ids: [Identifier<Company>],
        in transaction: TenantTransaction
    ) async throws(Failure) -> [Identifier<Company>: String] {
        let rows = try await transaction.query(CompanyQueries.names(ids, tenant: transaction.tenant))
        return try reading { Dictionary(try rows.map { (try $0("id"), try $0("name")) }, uniquingKeysWith: { first, _ in first }) }
    }
}
