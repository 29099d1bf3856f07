import Foundation
import Kernel
import Postgres

enum ApprovalQueries {
    private static let columns: SQL = """
        p.id, p.kind, p.job_id, p.application_id, p.company_id, p.title, p.amount, p.currency, p.terms::text AS terms, p.state,
        p.steps::text AS steps, p.step, p.allows_own, p.asked_by, p.asked_at, p.decided_at, p.version
        """

    static func insert(_ approval: Approval, of matter: ApprovalMatter, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        INSERT INTO approvals (
            tenant_id, id, kind, subject_id, job_id, application_id, candidate_id, company_id, title, amount, currency, terms, steps, step,
            allows_own, state, asked_by, asked_at, version
        )
        VALUES (
            \(tx.tenant), \(approval.id), \(matter.kind), \(matter.subject), \(matter.job), \(approval.applicationId), \(matter.candidate),
            \(matter.company), \(matter.title), \(matter.amount?.amount.value), \(matter.amount?.currency.code),
            \(try Wire.text(matter.terms))::jsonb, \(try Wire.text(approval.steps))::jsonb, 0, \(approval.allowsOwn), \(approval.state),
            \(tx.caller.user), \(tx.now), 1
        )
        """
    }

    static func update(_ approval: Approval, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE approvals
        SET state = \(approval.state), step = \(approval.step), decided_at = \(approval.decidedAt), version = \(approval.version)
        WHERE tenant_id = \(tx.tenant) AND id = \(approval.id)
        """
    }

    /// What was approved, or waits, with these very terms.
    static func current(_ matter: ApprovalMatter, tenant: Identifier<Tenant>) throws(Failure) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM approvals p
        WHERE p.tenant_id = \(tenant) AND p.kind = \(matter.kind) AND p.subject_id = \(matter.subject)
            AND p.state IN ('pending', 'approved') AND p.terms = \(try Wire.text(matter.terms))::jsonb
        ORDER BY p.asked_at DESC, p.id DESC
        LIMIT 1
        FOR UPDATE
        """
    }

    static func cancel(_ kind: ApprovalKind, of subject: UUID, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE approvals p
        SET state = 'canceled', decided_at = \(tx.now), version = p.version + 1
        WHERE p.tenant_id = \(tx.tenant) AND p.kind = \(kind) AND p.subject_id = \(subject) AND p.state = 'pending'
        RETURNING \(fragment: columns)
        """
    }

    static func visible(_ id: Identifier<Approval>, to member: Member, locked: Bool) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM approvals p
        WHERE p.tenant_id = \(member.tenant) AND p.id = \(id) AND \(visibility(to: member))
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    static func list(_ input: ListApprovals, visibleTo member: Member) -> SQL {
        var filter: SQL = ""
        if let state = input.state { filter += " AND p.state = \(state)" }
        if let job = input.jobId { filter += " AND p.job_id = \(job)" }
        if input.waiting == true { filter += " AND p.state = 'pending'" }
        return """
            SELECT \(fragment: columns)
            FROM approvals p
            WHERE p.tenant_id = \(member.tenant) AND \(visibility(to: member)) \(filter)
            ORDER BY p.asked_at DESC, p.id DESC
            LIMIT 100
            """
    }

    /// The job's company, as far as they know the job; nobody sees what is decided about an offer to them.
    private static func visibility(to member: Member) -> SQL {
        """
        \(member.scope(.viewApplications).includes("p.company_id")) AND \(member.caller.knowsJob("p.job_id"))
            AND p.candidate_id IS DISTINCT FROM \(member.user)::uuid
        """
    }

    static func approval(_ id: Identifier<Approval>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT \(fragment: columns) FROM approvals p WHERE p.tenant_id = \(tenant) AND p.id = \(id)"
    }

    static func answer(
        _ approval: Approval,
        _ answer: ApprovalAnswer,
        _ reason: String?,
        by user: Identifier<User>,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        INSERT INTO approval_answers (tenant_id, approval_id, step, user_id, answer, reason, answered_at)
        VALUES (\(tx.tenant), \(approval.id), \(approval.step), \(user), \(answer), \(reason), \(tx.now))
        """
    }

    static func answers(to approval: Identifier<Approval>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT n.step, n.user_id, concat_ws(' ', u.first_name, u.last_name) AS name, n.answer, n.reason, n.answered_at
        FROM approval_answers n
        JOIN users u ON u.tenant_id = n.tenant_id AND u.id = n.user_id
        WHERE n.tenant_id = \(tenant) AND n.approval_id = \(approval)
        ORDER BY n.answered_at, n.user_id
        """
    }

    static func event(_ id: Identifier<EventRecord>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT name, payload::text AS payload, occurred_at FROM events WHERE tenant_id = \(tenant) AND id = \(id)"
    }
}

/// Who is asked: people who work here, and who may know of the job.
enum ApproverQueries {
    static func approvers(_ step: ApprovalStep, of approval: Approval, tenant: Identifier<Tenant>) -> SQL {
        let works: SQL = """
            EXISTS (
                SELECT
                FROM company_members m
                WHERE m.tenant_id = u.tenant_id AND m.company_id = \(approval.companyId) AND m.user_id = u.id AND m.status = 'active'
            )
            """
        let chosen: SQL
        switch step.role {
        case .tenantAdmin: chosen = "'tenantAdmin' = ANY(u.roles)"
        case let role?:
            chosen = """
                EXISTS (
                    SELECT
                    FROM company_members m
                    WHERE m.tenant_id = u.tenant_id AND m.company_id = \(approval.companyId) AND m.user_id = u.id AND m.status = 'active'
                        AND m.role = \(role.rawValue)
                )
                """
        case nil:
            let people = (step.userIds?.elements ?? []).map(\.uuid)
            chosen = "u.id = ANY(\(people)::uuid[]) AND ('tenantAdmin' = ANY(u.roles) OR \(fragment: works))"
        }
        return """
            SELECT u.id
            FROM users u
            WHERE u.tenant_id = \(tenant) AND u.status = 'active' AND \(fragment: chosen)
                AND (
                    'tenantAdmin' = ANY(u.roles)
                    OR NOT EXISTS (
                        SELECT
                        FROM jobs j
                        WHERE j.tenant_id = \(tenant) AND j.id = \(approval.jobId) AND j.is_confidential
                            AND NOT EXISTS (
                                SELECT
                                FROM job_team t
                                WHERE t.tenant_id = j.tenant_id AND t.job_id = j.id AND t.user_id = u.id AND t.ended_at IS NULL
                            )
                    )
                )
                AND NOT EXISTS (
                    SELECT
                    FROM approvals p
                    WHERE p.tenant_id = \(tenant) AND p.id = \(approval.id) AND p.candidate_id = u.id
                )
            ORDER BY u.id
            """
    }

    static func administrators(tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.status = 'active' AND 'tenantAdmin' = ANY(u.roles)
        ORDER BY u.id
        """
    }

    /// Those of these people who work at the company, or at any, or administer the tenant.
    static func active(_ people: [Identifier<User>], company: Identifier<Company>?, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = ANY(\(people.map(\.uuid))::uuid[]) AND u.status = 'active'
            AND (
                'tenantAdmin' = ANY(u.roles)
                OR EXISTS (
                    SELECT
                    FROM company_members m
                    WHERE m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.status = 'active'
                        AND (\(company)::uuid IS NULL OR m.company_id = \(company)::uuid)
                )
            )
        """
    }
}
