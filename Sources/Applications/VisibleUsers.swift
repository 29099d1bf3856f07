import Candidates
package import Kernel
import Postgres

extension Applications {
    /// Which of these users the caller may know about. Candidates are visible to themselves, to those they applied to, to other employers if
    /// they agreed to it, and to the tenant's administrators; people who work here are visible to everybody.
    package func visible(_ ids: [Identifier<User>], to user: SignedIn) async throws(Failure) -> Set<Identifier<User>> {
        let rows = try await store.query(as: user, VisibleUserQueries.visible(ids, to: user))
        return Set(try rows.decoded { try $0("id") as Identifier<User> })
    }
}

enum VisibleUserQueries {
    static func visible(_ ids: [Identifier<User>], to user: SignedIn) -> SQL {
        let isAdmin = user.caller.permissions.contains(.administerTenant)
        let audience = CandidateAudience(of: user.member, in: user.tenant)
        let applied = user.member?.scope(.viewApplications).includes("a.company_id") ?? "FALSE"
        return """
            SELECT u.id
            FROM users u
            WHERE u.tenant_id = \(user.tenant) AND u.id = ANY(\(ids.map(\.uuid))::uuid[]) AND u.status <> 'deleted'
                AND (
                    \(isAdmin) OR u.id = \(user.user) OR 'candidate' <> ALL(u.roles) OR u.roles && ARRAY['tenantAdmin', 'systemAdmin']
                    OR EXISTS (
                        SELECT
                        FROM company_members m
                        WHERE m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.status = 'active'
                    )
                    OR \(audience.includes("u.id"))
                    OR EXISTS (
                        SELECT
                        FROM applications a
                        WHERE a.tenant_id = u.tenant_id AND a.candidate_id = u.id AND \(fragment: applied)
                            AND \(user.caller.knowsJob("a.job_id"))
                    )
                )
            """
    }
}
