package import Kernel
package import Postgres

/// Which candidates somebody may know of: who applied to their companies, whom these added, and who wants to be found, if the tenant shares them. Administrators
/// of the tenant, and rules and work acting for it, know all but those who hide. Candidates are listed once for each audience.
package struct CandidateAudience: Sendable {
    private let tenant: Identifier<Tenant>
    private let scope: CompanyScope

    /// Nobody, if it isn't a member.
    package init(of member: Member?, in tenant: Identifier<Tenant>) {
        self.tenant = tenant
        scope = member?.scope(.viewCandidates) ?? .some([])
    }

    /// Kept in the tenant's settings under this name.
    package static let setting = "candidatePool"

    /// One of these conditions holds for each listing that they may see. Each is answered by an index in its order.
    func parts(_ column: StaticString) -> [SQL] {
        guard !scope.isWholeTenant else { return ["\(raw: column) = \(tenant)"] }
        return scope.parts(column) + ["\(raw: column) = \(Self.pool) AND \(sharesPool)"]
    }

    /// Whether they may know of the candidate with this id.
    package func includes(_ id: SQL) -> SQL {
        let seen = parts("l.audience").map { part -> SQL in "(\(part))" }.joined(separator: " OR ")
        return "EXISTS (SELECT FROM candidate_listings l WHERE l.tenant_id = \(tenant) AND l.id = \(id) AND (\(seen)))"
    }

    /// Whether the candidate has given one of their companies their contact data, or one of them typed it in.
    func isGivenContact(of id: SQL, to caller: Caller) -> SQL {
        """
        (
            EXISTS (
                SELECT
                FROM applications g
                WHERE g.tenant_id = \(tenant) AND g.candidate_id = \(id) AND \(scope.includes("g.company_id"))
                    AND \(caller.knowsJob("g.job_id"))
            )
            OR EXISTS (
                SELECT
                FROM sourced_candidates g
                WHERE g.tenant_id = \(tenant) AND g.id = \(id) AND \(scope.includes("g.company_id"))
            )
        )
        """
    }

    private static let pool: SQL = "'00000000-0000-0000-0000-000000000000'::uuid"

    private var sharesPool: SQL {
        "(SELECT t.settings ->> 'candidatePool' IS DISTINCT FROM 'closed' FROM tenants t WHERE t.id = \(tenant))"
    }
}

/// Whether the tenant's companies find candidates who haven't applied to them, and who agreed to that.
package enum CandidatePool: String, Codable, CaseIterable, Sendable {
    case shared, closed

    package init(setting: String?) { self = setting.flatMap(Self.init(rawValue:)) ?? .shared }
}
