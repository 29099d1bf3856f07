import Foundation
import Kernel
import Postgres

enum JobQueries {
    /// A published job is closed from its closing time on, even before the work that closes it has run.
    private static let status: SQL = "CASE WHEN j.status = 'published' AND j.closes_at <= now() THEN 'closed' ELSE j.status END"

    private static let isPublished: SQL = "j.status = 'published' AND (j.closes_at IS NULL OR j.closes_at > now())"

    /// Open for everybody.
    private static let isOpen: SQL = "\(fragment: isPublished) AND NOT j.is_confidential"

    private static let columns: SQL = """
        j.id, j.company_id, c.name AS company_name, j.pipeline_id, j.title, j.description, j.department, j.location, j.workplace,
        j.employment_type, j.openings, j.details::text AS details, j.channels, \(fragment: status) AS status, j.is_confidential, j.version, j.created_by, j.created_at,
        j.updated_at, j.published_at, j.closes_at
        """

    static func job(_ id: Identifier<Job>, tenant: Identifier<Tenant>, lock: JobLock) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM jobs j
        JOIN companies c ON c.tenant_id = j.tenant_id AND c.id = j.company_id
        WHERE j.tenant_id = \(tenant) AND j.id = \(id)
        \(fragment: lock.clause)
        """
    }

    static func job(_ id: Identifier<Job>, knownTo caller: Caller) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM jobs j
        JOIN companies c ON c.tenant_id = j.tenant_id AND c.id = j.company_id
        WHERE j.tenant_id = \(caller.tenant) AND j.id = \(id) AND \(caller.knowsJob("j.id"))
        """
    }

    /// A row if the job is one of the member's companies and known to them.
    static func own(_ id: Identifier<Job>, knownTo member: Member) -> SQL {
        """
        SELECT j.id
        FROM jobs j
        WHERE j.tenant_id = \(member.tenant) AND j.id = \(id) AND \(member.scope(.viewJobs).includes("j.company_id"))
            AND \(member.caller.knowsJob("j.id"))
        """
    }

    static func event(_ id: Identifier<EventRecord>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT payload::text AS payload, occurred_at, actor_id
        FROM events
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }

    /// The job under lock, if it is published and its closing time has passed.
    static func overdue(_ id: Identifier<Job>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM jobs j
        JOIN companies c ON c.tenant_id = j.tenant_id AND c.id = j.company_id
        WHERE j.tenant_id = \(tx.tenant) AND j.id = \(id) AND j.status = 'published' AND j.closes_at <= \(tx.now)
        FOR UPDATE OF j
        """
    }

    static func jobs(_ ids: [Identifier<Job>], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM jobs j
        JOIN companies c ON c.tenant_id = j.tenant_id AND c.id = j.company_id
        WHERE j.tenant_id = \(tenant) AND j.id = ANY(\(ids.map(\.uuid))::uuid[])
        """
    }

    static func visibleJob(_ id: Identifier<Job>, to user: Reader) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM jobs j
        JOIN companies c ON c.tenant_id = j.tenant_id AND c.id = j.company_id
        WHERE j.tenant_id = \(user.tenant) AND j.id = \(id) AND \(fragment: visible(to: user))
        """
    }

    /// Everybody may see open jobs of approved companies; only their company's members, and who applied, see the others.
    private static func visible(to user: Reader) -> SQL {
        var ways: [SQL] = ["\(fragment: isOpen) AND c.approval = 'approved'"]
        if let member = user.member {
            ways.append("\(member.scope(.viewJobs).includes("j.company_id")) AND \(member.caller.knowsJob("j.id"))")
        }
        if let candidate = user.user {
            ways.append(
                """
                EXISTS (
                    SELECT FROM applications a WHERE a.tenant_id = j.tenant_id AND a.job_id = j.id AND a.candidate_id = \(candidate)
                )
                """
            )
        }
        return "(\(ways.map { way -> SQL in "(\(way))" }.joined(separator: " OR ")))"
    }

    /// A row if the job was open to everybody once: whoever has its link is told that it is closed.
    static func wasOpen(_ id: Identifier<Job>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT j.id
        FROM jobs j
        JOIN companies c ON c.tenant_id = j.tenant_id AND c.id = j.company_id AND c.approval = 'approved'
        WHERE j.tenant_id = \(tenant) AND j.id = \(id) AND j.published_at IS NOT NULL AND NOT j.is_confidential
        """
    }

    /// The companies whose jobs are a member's own, and everybody's open jobs beside them. For whoever is not of its company a job changes when
    /// it opens: what else is changed may be what they don't see.
    static func list(_ input: ListJobs, visibleTo user: Reader, _ page: PageRequest) throws(Failure) -> SQL {
        let scope = user.member?.scope(.viewJobs) ?? CompanyScope.some([])
        func branch(_ company: SQL, updated: SQL, _ filters: SQL, isOwn: Bool = true) -> ListQuery.Branch {
            ListQuery.Branch(
                """
                j.id, j.title, j.company_id, j.department, j.location, j.workplace, j.employment_type, \(fragment: status) AS status,
                j.is_confidential, j.published_at, j.closes_at, j.openings, j.pipeline_id, \(fragment: isOwn ? "TRUE" : "FALSE") AS is_own,
                \(updated) AS updated_at
                """,
                from: "jobs j",
                where: "j.tenant_id = \(user.tenant) AND \(company) \(filters)"
            )
        }
        let filters = filter(input)
        // Only the employer may know who created it: nobody else finds out by filtering.
        let author: SQL = input.createdBy.map { "AND j.created_by = \($0)" } ?? ""
        let own = "\(filters) \(author) AND \(user.caller.knowsJob("j.id"))" as SQL
        var branches = scope.parts("j.company_id").map { branch($0, updated: "j.updated_at", own) }
        let isOwn = input.companyId.map(scope.contains)
        if let company = input.companyId {
            branches = isOwn == true ? [branch("j.company_id = \(company)", updated: "j.updated_at", own)] : []
        }
        if !scope.isWholeTenant, isOwn != true, input.createdBy == nil {
            let open: SQL = """
                \(fragment: isOpen) AND NOT \(fragment: scope.includes("j.company_id"))
                AND EXISTS (SELECT FROM companies c WHERE c.tenant_id = j.tenant_id AND c.id = j.company_id AND c.approval = 'approved')
                """
            // As the index has it: the planner looks into no COALESCE beneath row-level security.
            let opened: SQL = "CASE WHEN j.published_at IS NULL THEN j.created_at ELSE j.published_at END"
            branches.append(branch(open, updated: opened, filters, isOwn: false))
        }
        if branches.isEmpty { branches = [branch("FALSE", updated: "j.updated_at", "")] }
        return try ListQuery(branches, by: .descending(.time("updated_at"), .id("id"))).page(
            page,
            details: ", c.name AS company_name, counted_stages.stages::text AS stages",
            joining: """
                LEFT JOIN companies c ON c.tenant_id = \(user.tenant) AND c.id = page.company_id
                LEFT JOIN LATERAL (\(fragment: stageCounts(user.tenant))) AS counted_stages ON page.is_own
                """
        )
    }

    /// How many applications are in each stage of a listed job. Each is counted by an index, and no further than lists are.
    private static func stageCounts(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT json_agg(
            json_build_object('key', s.key, 'name', s.name, 'category', s.category, 'count', (
                SELECT count(*)
                FROM (
                    SELECT
                    FROM applications a
                    WHERE a.tenant_id = \(tenant) AND a.job_id = page.id AND a.stage_id = s.id
                    LIMIT \(ListQuery.mostCounted)::int
                ) AS few
            ))
            ORDER BY s.position
        ) AS stages
        FROM stages s
        WHERE s.tenant_id = \(tenant) AND s.pipeline_id = page.pipeline_id AND s.retired_at IS NULL
        """
    }

    private static func filter(_ input: ListJobs) -> SQL {
        var filter: SQL = ""
        switch input.status {
        case nil: break
        case .published: filter += "AND \(fragment: isPublished) "
        case .closed: filter += "AND (j.status = 'closed' OR j.status = 'published' AND j.closes_at <= now()) "
        case .some(let status): filter += "AND j.status = \(status) "
        }
        if let company = input.companyId { filter += "AND j.company_id = \(company) " }
        if let type = input.employmentType { filter += "AND j.employment_type = \(type) " }
        if let department = input.department { filter += "AND search_folded(j.department) = (SELECT search_folded(\(department))) " }
        if let moment = input.publishedAfter { filter += "AND j.published_at >= \(moment.date) " }
        if let location = input.location {
            filter += "AND position((SELECT search_folded(\(location))) IN search_folded(coalesce(j.location, ''))) > 0 "
        }
        if let words = input.q {
            filter += "AND j.words @@ websearch_to_tsquery('simple', search_folded(\(words))) "
        }
        return filter
    }

    static func insert(
        _ id: Identifier<Job>,
        _ input: CreateJob,
        pipeline: Identifier<Pipeline>,
        details: JobDetails,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        """
        INSERT INTO jobs (
            tenant_id, id, company_id, pipeline_id, title, description, department, location, workplace, employment_type, openings,
            details, channels, closes_at, is_confidential, created_by, created_at, updated_at
        )
        VALUES (
            \(tx.tenant), \(id), \(input.companyId), \(pipeline), \(input.title), \(input.description), \(input.department),
            \(input.location), \(input.workplace ?? .onsite), \(input.employmentType ?? .fullTime), \(input.openings?.value ?? 1),
            \(try Wire.text(details))::jsonb, \(input.channels?.elements.map(\.value) ?? [])::text[], \(input.closesAt?.date),
            \(input.isConfidential ?? false), \(tx.caller.user), \(tx.now), \(tx.now)
        )
        """
    }

    static func update(_ job: Job, _ input: UpdateJob, details: JobDetails, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        UPDATE jobs
        SET title = \(input.title?.value ?? job.title),
            description = \(input.description?.value ?? job.description),
            department = \(input.department.value(or: job.department) { $0.value }),
            location = \(input.location.value(or: job.location) { $0.value }),
            workplace = \(input.workplace ?? job.workplace),
            employment_type = \(input.employmentType ?? job.employmentType),
            openings = \(input.openings?.value ?? job.openings),
            details = \(try Wire.text(details))::jsonb,
            pipeline_id = \(input.pipelineId ?? job.pipelineId),
            closes_at = \(input.closesAt.value(or: job.closesAt) { $0.date }),
            is_confidential = \(input.isConfidential ?? job.isConfidential),
            version = version + 1,
            updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(job.id)
        """
    }

    /// A row if the company may be seen by others, which it may until the transaction ends.
    static func approvedCompany(_ id: Identifier<Company>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT c.id
        FROM companies c
        WHERE c.tenant_id = \(tx.tenant) AND c.id = \(id) AND c.approval = 'approved'
        FOR SHARE OF c
        """
    }

    static func setStatus(_ status: JobStatus, of job: Job, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE jobs
        SET status = \(status),
            published_at = CASE WHEN \(status == .published) THEN coalesce(published_at, \(tx.now)) ELSE published_at END,
            version = version + 1,
            updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(job.id)
        """
    }

    /// A row if nobody has applied.
    static func delete(_ job: Job, _ tx: TenantTransaction) -> SQL {
        """
        DELETE FROM jobs j
        WHERE j.tenant_id = \(tx.tenant) AND j.id = \(job.id)
            AND NOT EXISTS (SELECT FROM applications a WHERE a.tenant_id = j.tenant_id AND a.job_id = j.id)
        RETURNING j.id
        """
    }

    static func setChannels(_ channels: List<Text<60>, 20>, of job: Job, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE jobs
        SET channels = \(channels.elements.map(\.value))::text[]
        WHERE tenant_id = \(tx.tenant) AND id = \(job.id)
        """
    }
}

extension JobLock {
    fileprivate var clause: SQL {
        switch self {
        case .none: ""
        case .steady: "FOR SHARE OF j"
        case .change: "FOR UPDATE OF j"
        }
    }
}

enum PipelineQueries {
    static func pipelines(tenant: Identifier<Tenant>, id: Identifier<Pipeline>?) -> SQL {
        pipelines(tenant, id.map { "p.id = \($0)" } ?? "TRUE")
    }

    static func pipelines(_ ids: [Identifier<Pipeline>], tenant: Identifier<Tenant>) -> SQL {
        pipelines(tenant, "p.id = ANY(\(ids.map(\.uuid))::uuid[])")
    }

    static func pipeline(of job: Identifier<Job>, tenant: Identifier<Tenant>) -> SQL {
        pipelines(tenant, "p.id = (SELECT j.pipeline_id FROM jobs j WHERE j.tenant_id = \(tenant) AND j.id = \(job))")
    }

    static func pipelines(visibleTo member: Member) -> SQL {
        pipelines(member.tenant, visible(to: member.scope(.viewJobs)))
    }

    static func pipeline(_ id: Identifier<Pipeline>, visibleTo member: Member) -> SQL {
        pipelines(member.tenant, "p.id = \(id) AND \(fragment: visible(to: member.scope(.viewJobs)))")
    }

    private static func pipelines(_ tenant: Identifier<Tenant>, _ filter: SQL) -> SQL {
        """
        SELECT p.id, p.company_id, p.name, p.version, s.id AS stage_id, s.key AS stage_key, s.name AS stage_name, s.category, s.position,
               s.candidate_name, s.retired_at
        FROM pipelines p
        JOIN stages s ON s.tenant_id = p.tenant_id AND s.pipeline_id = p.id
        WHERE p.tenant_id = \(tenant) AND \(fragment: filter)
        ORDER BY p.created_at, p.id, s.retired_at IS NOT NULL, s.position
        """
    }

    private static func visible(to scope: CompanyScope) -> SQL {
        "(p.company_id IS NULL OR \(fragment: scope.includes("p.company_id")))"
    }

    /// The company's own first, then what is shared.
    static func standard(for company: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT p.id
        FROM pipelines p
        WHERE p.tenant_id = \(tenant) AND (p.company_id = \(company) OR p.company_id IS NULL)
        ORDER BY p.company_id IS NULL, p.created_at, p.id
        LIMIT 1
        FOR SHARE
        """
    }

    /// Locked, so that it isn't given to another company meanwhile.
    static func usable(_ id: Identifier<Pipeline>, for company: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT p.id
        FROM pipelines p
        WHERE p.tenant_id = \(tenant) AND p.id = \(id) AND (p.company_id = \(company) OR p.company_id IS NULL)
        FOR SHARE
        """
    }

    /// Another company's isn't found, and so isn't locked.
    static func lock(_ id: Identifier<Pipeline>, visibleTo member: Member) -> SQL {
        """
        SELECT p.id
        FROM pipelines p
        WHERE p.tenant_id = \(member.tenant) AND p.id = \(id) AND \(fragment: visible(to: member.scope(.managePipelines)))
        FOR UPDATE
        """
    }

    /// A job in the pipeline that belongs to another company.
    static func jobBeyond(_ company: Identifier<Company>, in id: Identifier<Pipeline>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT j.id
        FROM jobs j
        WHERE j.tenant_id = \(tenant) AND j.pipeline_id = \(id) AND j.company_id <> \(company)
        LIMIT 1
        """
    }

    static func insert(_ id: Identifier<Pipeline>, name: Text<100>, of company: Identifier<Company>?, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO pipelines (tenant_id, id, company_id, name, created_at)
        VALUES (\(tx.tenant), \(id), \(company), \(name), \(tx.now))
        """
    }

    static func setOwner(_ company: Identifier<Company>?, of id: Identifier<Pipeline>, _ tx: TenantTransaction) -> SQL {
        "UPDATE pipelines SET company_id = \(company) WHERE tenant_id = \(tx.tenant) AND id = \(id)"
    }

    static func rename(_ id: Identifier<Pipeline>, name: Text<100>?, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE pipelines
        SET name = coalesce(\(name), name), version = version + 1
        WHERE tenant_id = \(tx.tenant) AND id = \(id)
        """
    }

    static func insertStage(_ stage: StageDraft, position: Int, in pipeline: Identifier<Pipeline>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO stages (tenant_id, id, pipeline_id, key, name, category, candidate_name, position)
        VALUES (
            \(tx.tenant), \(Identifier<Stage>()), \(pipeline), \(stage.key), \(stage.name), \(stage.category), \(stage.candidateName),
            \(position)
        )
        """
    }

    /// The key stays: rules and saved links use it.
    static func changeStage(
        _ id: Identifier<Stage>,
        of pipeline: Identifier<Pipeline>,
        _ stage: StageDraft,
        shownAs candidateName: String?,
        position: Int,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        UPDATE stages
        SET name = \(stage.name), candidate_name = \(candidateName), position = \(position), retired_at = NULL
        WHERE tenant_id = \(tx.tenant) AND pipeline_id = \(pipeline) AND id = \(id)
        """
    }

    static func retireStages(of pipeline: Identifier<Pipeline>, keeping: [Identifier<Stage>], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE stages
        SET retired_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND pipeline_id = \(pipeline) AND retired_at IS NULL AND id <> ALL (\(keeping.map(\.uuid))::uuid[])
        """
    }
}

extension Job {
    init(checking row: Row) throws(Failure) {
        do {
            let details = try row.json("details", as: JobDetails.self)
            self.init(
                id: try row("id"),
                companyId: try row("company_id"),
                companyName: try row("company_name"),
                pipelineId: try row("pipeline_id"),
                title: try row("title"),
                description: try row("description"),
                department: try row("department"),
                location: try row("location"),
                workplace: try row("workplace"),
                employmentType: try row("employment_type"),
                openings: try row("openings"),
                salary: details.salary,
                requirements: details.requirements,
                questions: details.questions,
                customFields: details.customFields,
                channels: try row("channels"),
                status: try row("status"),
                isConfidential: try row("is_confidential"),
                version: try row("version"),
                createdBy: try row("created_by"),
                createdAt: try row("created_at"),
                updatedAt: try row("updated_at"),
                publishedAt: try row("published_at"),
                closesAt: try row("closes_at")
            )
        } catch {
            throw Failure(error)
        }
    }
}
