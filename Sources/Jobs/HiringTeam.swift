package import Foundation
import Identity
package import Kernel
import Postgres

/// What somebody does on a job's hiring team. It adds to the grants of the company and takes none: recruiters and coordinators are told of
/// replies and answer for the job, and a confidential job is known to its team alone.
package enum TeamRole: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case recruiter, coordinator, hiringManager, interviewer
}

package struct TeamMember: Codable, Sendable {
    package let userId: Identifier<User>
    package let name: String
    package let role: TeamRole
    package let addedBy: Identifier<User>?
    package let addedAt: Date
    package let endedBy: Identifier<User>?
    /// When they left the team or took another role on it; absent while they have this one.
    package let endedAt: Date?
}

struct ListTeam: Codable, Sendable {
    let id: Identifier<Job>
    /// Also the roles that ended.
    let past: Bool?
}

struct SetTeamRole: Codable, Sendable {
    let id: Identifier<Job>
    let userId: Identifier<User>
    let role: TeamRole
}

struct LeaveTeam: Codable, Sendable {
    let id: Identifier<Job>
    let userId: Identifier<User>
}

extension Jobs {
    /// More would be no team.
    static let largestTeam = 100

    func listTeam(_ input: ListTeam, by member: Member) async throws(Failure) -> Items<TeamMember> {
        let rows = try await store.queries(
            as: member,
            [
                JobQueries.own(input.id, knownTo: member),
                TeamQueries.team(of: input.id, past: input.past ?? false, tenant: member.tenant),
            ]
        )
        guard !rows[0].isEmpty else { throw .jobNotFound }
        return Items(try rows[1].decoded(TeamMember.init))
    }

    /// Adds somebody of the company, or gives them another role. With the role that they have, nothing changes.
    func setTeamRole(_ input: SetTeamRole, by member: Member) async throws(Failure) -> TeamMember {
        try await store.transaction(as: member) { tx in
            let job = try await editableJob(input.id, by: member, tx)
            guard try await !identity.colleagues(among: [input.userId], in: job.companyId, tx).isEmpty else {
                throw Failure.validation("userId", "Must be somebody of the company.")
            }
            let current = try await teamMember(input.userId, of: job, tx)
            if let current, current.role == input.role { return current }
            if current == nil {
                let size: Int? = try await tx.first(TeamQueries.size(of: job.id, tenant: tx.tenant))?("size")
                guard size ?? 0 < Self.largestTeam else { throw Failure.teamFull }
            } else {
                tx.queue(TeamQueries.end(input.userId, of: job.id, tx))
            }
            tx.queue(TeamQueries.add(input.userId, as: input.role, to: job.id, tx))
            try tx.append(TeamChanged(job: JobFact(job), userId: input.userId, from: current?.role, to: input.role))
            guard let added = try await teamMember(input.userId, of: job, tx) else { throw Failure.notOnTeam }
            return added
        }
    }

    func leaveTeam(_ input: LeaveTeam, by member: Member) async throws(Failure) -> NoContent {
        try await store.transaction(as: member) { tx in
            let job = try await editableJob(input.id, by: member, tx)
            guard let current = try await teamMember(input.userId, of: job, tx) else { throw Failure.notOnTeam }
            tx.queue(TeamQueries.end(input.userId, of: job.id, tx))
            try tx.append(TeamChanged(job: JobFact(job), userId: input.userId, from: current.role, to: nil))
            return NoContent()
        }
    }

    /// Whoever opens a job, or makes it confidential, would otherwise lose sight of it.
    func joinTeam(of job: Job, _ tx: TenantTransaction) async throws(Failure) {
        guard case .companies = tx.caller.reach, let user = tx.caller.user, try await teamMember(user, of: job, tx) == nil else { return }
        tx.queue(TeamQueries.add(user, as: .recruiter, to: job.id, tx))
        try tx.append(TeamChanged(job: JobFact(job), userId: user, from: nil, to: .recruiter))
    }

    private func teamMember(_ user: Identifier<User>, of job: Job, _ tx: TenantTransaction) async throws(Failure) -> TeamMember? {
        try await tx.query(TeamQueries.member(user, of: job.id, tenant: tx.tenant)).decoded(TeamMember.init).first
    }
}

// For whoever writes to people about a job.
extension Jobs {
    /// Who is told how a job goes and answers for it: whoever began the matter, then its recruiters and coordinators; without any, who opened
    /// the job. Of a confidential one nobody else hears.
    package func organizers(
        of job: Job,
        beside starter: Identifier<User>? = nil,
        in tx: TenantTransaction
    ) async throws(Failure) -> [Identifier<User>] {
        let team: [Identifier<User>] = try await tx.query(TeamQueries.organizers(of: job.id, tenant: tx.tenant)).decoded {
            try $0("user_id")
        }
        let people = (starter.map { [$0] } ?? []) + (team.isEmpty ? [job.createdBy].compactMap(\.self) : team)
        let knowing = try await knowing(job, among: people, in: tx)
        return people.filter(knowing.contains)
    }

    /// Those of these colleagues who may know of the job.
    package func knowing(
        _ job: Job,
        among people: [Identifier<User>],
        in tx: TenantTransaction
    ) async throws(Failure) -> Set<Identifier<User>> {
        guard job.isConfidential, !people.isEmpty else { return Set(people) }
        return Set(try await tx.query(TeamQueries.knowing(job.id, among: people, tenant: tx.tenant)).decoded { try $0("id") })
    }
}

enum TeamQueries {
    private static let rows: SQL = """
        SELECT t.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, t.role, t.added_by, t.added_at, t.ended_by, t.ended_at
        FROM job_team t
        JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
        """

    static func team(of job: Identifier<Job>, past: Bool, tenant: Identifier<Tenant>) -> SQL {
        """
        \(fragment: rows)
        WHERE t.tenant_id = \(tenant) AND t.job_id = \(job) \(fragment: past ? "" : "AND t.ended_at IS NULL")
        ORDER BY t.ended_at IS NOT NULL, t.added_at DESC, t.id
        LIMIT 1000
        """
    }

    static func member(_ user: Identifier<User>, of job: Identifier<Job>, tenant: Identifier<Tenant>) -> SQL {
        """
        \(fragment: rows)
        WHERE t.tenant_id = \(tenant) AND t.job_id = \(job) AND t.user_id = \(user) AND t.ended_at IS NULL
        """
    }

    static func size(of job: Identifier<Job>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT count(*) AS size FROM job_team WHERE tenant_id = \(tenant) AND job_id = \(job) AND ended_at IS NULL"
    }

    static func organizers(of job: Identifier<Job>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT t.user_id
        FROM job_team t
        WHERE t.tenant_id = \(tenant) AND t.job_id = \(job) AND t.ended_at IS NULL AND t.role IN ('recruiter', 'coordinator')
        ORDER BY t.role <> 'recruiter', t.added_at, t.id
        """
    }

    static func knowing(_ job: Identifier<Job>, among people: [Identifier<User>], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = ANY(\(people.map(\.uuid))::uuid[])
            AND (
                'tenantAdmin' = ANY(u.roles)
                OR EXISTS (
                    SELECT
                    FROM job_team t
                    WHERE t.tenant_id = u.tenant_id AND t.job_id = \(job) AND t.user_id = u.id AND t.ended_at IS NULL
                )
            )
        """
    }

    static func add(_ user: Identifier<User>, as role: TeamRole, to job: Identifier<Job>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO job_team (tenant_id, id, job_id, user_id, role, added_by, added_at)
        VALUES (\(tx.tenant), \(Identifier<TeamMember>()), \(job), \(user), \(role), \(tx.caller.user), \(tx.now))
        """
    }

    static func end(_ user: Identifier<User>, of job: Identifier<Job>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE job_team
        SET ended_at = \(tx.now), ended_by = \(tx.caller.user)
        WHERE tenant_id = \(tx.tenant) AND job_id = \(job) AND user_id = \(user) AND ended_at IS NULL
        """
    }
}

extension TeamMember {
    init(_ row: Row) throws {
        self.init(
            userId: try row("user_id"),
            name: try row("name"),
            role: try row("role"),
            addedBy: try row("added_by"),
            addedAt: try row("added_at"),
            endedBy: try row("ended_by"),
            endedAt: try row("ended_at")
        )
    }
}
