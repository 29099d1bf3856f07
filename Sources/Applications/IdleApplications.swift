package import Foundation
package import Jobs
package import Kernel
import Postgres

/// Applications to which nothing has happened for a long time. Every change sets `updated_at`, the column the index has.
package struct IdleApplications: Sendable {
    let category: StageCategory
    let company: Identifier<Company>?
    let excepting: [Identifier<Company>]
    let since: Date

    package init(category: StageCategory, company: Identifier<Company>?, excepting: [Identifier<Company>], since: Date) {
        self.category = category
        self.company = company
        self.excepting = excepting
        self.since = since
    }
}

package struct IdleApplication: Sendable {
    package let id: Identifier<Application>
    package let candidateId: Identifier<User>
    package let candidateName: String
    package let companyId: Identifier<Company>
    package let lastActiveAt: Date

    init(_ row: Row) throws {
        id = try row("id")
        candidateId = try row("candidate_id")
        candidateName = try row("candidate_name")
        companyId = try row("company_id")
        lastActiveAt = try row("last_active_at")
    }
}

extension Applications {
    /// The longest idle first; erased ones are left out. `unflagged` also leaves out those that a retention rule has already flagged.
    package func idle(
        _ search: IdleApplications,
        unflagged: Bool = false,
        limit: Int,
        in tx: TenantTransaction
    ) async throws(Failure) -> [IdleApplication] {
        let rows = try await tx.query(IdleQueries.list(search, unflagged: unflagged, limit: limit, tx))
        return try rows.decoded(IdleApplication.init)
    }

    package func countIdle(_ search: IdleApplications, in tx: TenantTransaction) async throws(Failure) -> Int {
        let row = try await tx.first(IdleQueries.count(search, tx))
        return try reading { try row?("count") ?? 0 }
    }

    /// Those of the applications to which something has happened since then.
    package func touched(_ applications: [(id: UUID, since: Date)], in tx: TenantTransaction) async throws(Failure) -> Set<UUID> {
        let rows = try await tx.query(IdleQueries.touched(applications, tx))
        return Set(try rows.decoded { try $0("id") as UUID })
    }
}

enum IdleQueries {
    private static func found(_ search: IdleApplications, _ tx: TenantTransaction) -> SQL {
        let company: SQL = search.company.map { "AND a.company_id = \($0)" } ?? ""
        return """
            FROM applications a
            WHERE a.tenant_id = \(tx.tenant) AND a.category = \(search.category) AND a.updated_at < \(search.since) \(company)
                AND a.company_id <> ALL(\(search.excepting.map(\.uuid))::uuid[]) AND a.applicant ->> 'name' <> \(Erased.mark)
            """
    }

    static func list(_ search: IdleApplications, unflagged: Bool, limit: Int, _ tx: TenantTransaction) -> SQL {
        let flags: SQL =
            unflagged
            ? "AND NOT EXISTS (SELECT FROM retention_flags f WHERE f.tenant_id = a.tenant_id AND f.application_id = a.id)" : ""
        return """
            SELECT a.id, a.candidate_id, a.applicant ->> 'name' AS candidate_name, a.company_id, a.updated_at AS last_active_at
            \(found(search, tx)) \(flags)
            ORDER BY a.updated_at, a.id
            LIMIT \(limit)::int
            """
    }

    static func count(_ search: IdleApplications, _ tx: TenantTransaction) -> SQL {
        "SELECT count(*) AS count \(found(search, tx))"
    }

    static func touched(_ applications: [(id: UUID, since: Date)], _ tx: TenantTransaction) -> SQL {
        """
        SELECT a.id
        FROM unnest(\(applications.map(\.id))::uuid[], \(applications.map(\.since))::timestamptz[]) AS asked (id, since)
        JOIN applications a ON a.tenant_id = \(tx.tenant) AND a.id = asked.id
        WHERE a.updated_at > asked.since
        """
    }
}
