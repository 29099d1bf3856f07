import Candidates
import Foundation
import Jobs
import Kernel
import Postgres

enum ApplicationQueries {
    private static let columns: SQL = """
        a.id, a.job_id, j.title AS job_title, a.company_id, j.pipeline_id, a.candidate_id, a.applicant::text AS applicant, a.resume_id,
        s.key AS status, s.name AS stage_name, s.category, a.score, a.rating, a.ratings, a.tags, a.cover_letter,
        a.answers::text AS answers, a.disqualified_by, a.source, a.version, a.applied_at, a.moved_at, a.updated_at
        """

    private static let summaryColumns: SQL = """
        a.id, a.job_id, j.title AS job_title, j.department, a.candidate_id, a.applicant ->> 'name' AS candidate_name,
        a.applicant ->> 'headline' AS headline, s.key AS status, s.category, a.score, a.rating, a.tags, a.applied_at, a.moved_at
        """

    private static let tables: SQL = "applications a \(fragment: neighbors)"

    private static let neighbors: SQL = """
        JOIN jobs j ON j.tenant_id = a.tenant_id AND j.id = a.job_id
        JOIN stages s ON s.tenant_id = a.tenant_id AND s.id = a.stage_id
        """

    static func application(_ id: Identifier<Application>, tenant: Identifier<Tenant>, locked: Bool) -> SQL {
        applications("id = \(id)", tenant: tenant, locking: locked ? "FOR UPDATE" : "")
    }

    /// Locked in the order of their ids, so that others locking some of them can't deadlock.
    static func locked(_ ids: [Identifier<Application>], tenant: Identifier<Tenant>) -> SQL {
        applications("id = ANY(\(ids.map(\.uuid))::uuid[])", tenant: tenant, locking: "ORDER BY id FOR UPDATE")
    }

    private static func applications(_ chosen: SQL, tenant: Identifier<Tenant>, locking: SQL) -> SQL {
        // The lock is taken beneath the join: above it, a statement that waited would look for the stage that the row had before, and find
        // none.
        """
        SELECT \(fragment: columns)
        FROM (
            SELECT tenant_id, id, job_id, company_id, candidate_id, stage_id, resume_id, applicant, cover_letter, answers, disqualified_by,
                   source, score, rating, ratings, tags, version, applied_at, moved_at, updated_at
            FROM applications
            WHERE tenant_id = \(tenant) AND \(fragment: chosen)
            \(fragment: locking)
        ) a
        \(fragment: neighbors)
        """
    }

    static func visible(_ id: Identifier<Application>, to reader: Reader) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM \(fragment: tables)
        WHERE a.tenant_id = \(reader.tenant) AND a.id = \(id) AND \(fragment: visibility(to: reader))
        """
    }

    private static func visibility(to reader: Reader) -> SQL {
        let member = reader.member?.scope(.viewApplications).includes("a.company_id") ?? "FALSE"
        return "(a.candidate_id = \(reader.user) OR \(fragment: member))"
    }

    /// Nobody sees their own application from the employer's side.
    private static func others(than member: Member) -> SQL { "a.candidate_id IS DISTINCT FROM \(member.user)::uuid" }

    static func ofCandidate(_ candidate: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM \(fragment: tables)
        WHERE a.tenant_id = \(tenant) AND a.candidate_id = \(candidate)
        ORDER BY a.applied_at, a.id
        """
    }

    static func applied(_ candidate: Identifier<User>, to company: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT 1
        FROM applications
        WHERE tenant_id = \(tenant) AND candidate_id = \(candidate) AND company_id = \(company)
        LIMIT 1
        """
    }

    static func list(_ input: ListApplications, visibleTo reader: Reader, _ page: PageRequest) -> SQL {
        let order: SQL =
            switch input.sort ?? .updated {
            case .updated: "updated_at DESC, id DESC"
            case .waiting: "moved_at, id"
            }
        // For candidates an application changes when it moves: tags and ratings are only for the employer. Without that choice an index has
        // the order.
        let updated: SQL =
            reader.caller.roles.contains(.candidate)
            ? "CASE WHEN a.candidate_id = \(reader.user) THEN a.moved_at ELSE a.updated_at END AS updated_at" : "a.updated_at"
        return paged(
            tenant: reader.tenant,
            filter: visibility(to: reader) + filter(input, seenBy: reader),
            updated: updated,
            order: order,
            page
        )
    }

    private static func filter(_ input: ListApplications, seenBy reader: Reader) -> SQL {
        var filter: SQL = ""
        if let status = input.status { filter += " AND s.key = \(status)" }
        if let category = input.category { filter += " AND s.category = \(category)" }
        if let isOpen = input.isOpen { filter += " AND (s.category NOT IN ('hired', 'rejected', 'withdrawn')) = \(isOpen)" }
        if let job = input.jobId { filter += " AND a.job_id = \(job)" }
        if let company = input.companyId { filter += " AND a.company_id = \(company)" }
        if let department = input.department { filter += " AND lower(j.department) = lower(\(department))" }
        if let candidate = input.candidateId {
            filter += " AND a.candidate_id IN \(Candidates.ids(with: candidate, tenant: reader.tenant))"
        }
        if let name = input.candidateName { filter += " AND lower(a.applicant ->> 'name') = lower(\(name))" }
        // A candidate must not find out the employer's tags by filtering for them.
        if input.tag != nil || input.withoutTag != nil { filter += " AND a.candidate_id IS DISTINCT FROM \(reader.user)::uuid" }
        if let tag = input.tag { filter += " AND \(tag) = ANY(a.tags)" }
        if let tag = input.withoutTag { filter += " AND \(tag) <> ALL(a.tags)" }
        if let score = input.minScore { filter += " AND a.score >= \(score)" }
        if let moment = input.appliedAfter { filter += " AND a.applied_at >= \(moment)" }
        if let moment = input.movedBefore { filter += " AND a.moved_at <= \(moment)" }
        if let moment = input.movedAfter { filter += " AND a.moved_at >= \(moment)" }
        return filter
    }

    static func list(_ input: ListApplicationsOfJob, visibleTo member: Member, _ page: PageRequest) -> SQL {
        var filter: SQL = """
            a.job_id = \(input.id) AND \(fragment: member.scope(.viewApplications).includes("a.company_id")) AND \(fragment: others(than: member))
            """
        if let status = input.status { filter += " AND s.key = \(status)" }
        if let score = input.minScore { filter += " AND a.score >= \(score)" }
        if let words = input.q {
            filter += """
                 AND position(lower(\(words)) IN lower(concat_ws(' ', a.applicant ->> 'name', a.applicant ->> 'headline', a.applicant ->> 'skills'))) > 0
                """
        }
        let order: SQL =
            switch input.sort ?? .newest {
            case .newest: "applied_at DESC, id DESC"
            case .oldest: "applied_at, id"
            case .score: "score DESC NULLS LAST, id"
            case .rating: "rating DESC NULLS LAST, id"
            }
        return paged(tenant: member.tenant, filter: filter, order: order, page)
    }

    private static func paged(
        tenant: Identifier<Tenant>,
        filter: SQL,
        updated: SQL = "a.updated_at",
        order: SQL,
        _ page: PageRequest
    ) -> SQL {
        ListQuery("\(summaryColumns), \(updated)", from: tables, where: "a.tenant_id = \(tenant) AND \(filter)", by: order).page(page)
    }

    /// Each stage's count, whatever the page, and one page of cards for every column.
    static func board(_ job: Identifier<Job>, stage: String?, _ page: PageRequest, seenBy member: Member) -> SQL {
        let one: SQL = stage.map { "AND s.key = \($0)" } ?? ""
        return """
            WITH placed AS (
                SELECT a.id, a.stage_id, row_number() OVER (PARTITION BY a.stage_id ORDER BY a.moved_at DESC, a.id DESC) AS place
                FROM \(fragment: tables)
                WHERE a.tenant_id = \(member.tenant) AND a.job_id = \(job) AND \(fragment: others(than: member)) \(fragment: one)
            ), counts AS (
                SELECT stage_id, count(*) AS count FROM placed GROUP BY stage_id
            )
            SELECT c.stage_id, c.count, \(fragment: summaryColumns), a.updated_at
            FROM counts c
            LEFT JOIN placed p ON p.stage_id = c.stage_id AND p.place > \(page.offset) AND p.place <= \(page.offset + page.limit)
            LEFT JOIN (\(fragment: tables)) ON a.tenant_id = \(member.tenant) AND a.id = p.id
            ORDER BY c.stage_id, p.place
            """
    }

    static func insert(
        _ id: Identifier<Application>,
        _ input: ApplyToJob,
        job: Job,
        stage: Stage,
        applicant: Applicant,
        disqualifiedBy: [String],
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        let applicant = try Wire.text(applicant)
        let answers = try Wire.text(input.answers?.elements ?? [])
        return """
            INSERT INTO applications (
                tenant_id, id, job_id, company_id, candidate_id, stage_id, resume_id, applicant, cover_letter, answers, disqualified_by,
                source, applied_at, moved_at, updated_at
            )
            VALUES (
                \(tx.tenant), \(id), \(job.id), \(job.companyId), \(tx.caller.user), \(stage.id), \(input.resumeId), \(applicant)::jsonb,
                \(input.coverLetter), \(answers)::jsonb, \(disqualifiedBy)::text[], \(input.source), \(tx.now), \(tx.now), \(tx.now)
            )
            """
    }

    static func setScore(
        _ score: Score,
        of id: Identifier<Application>,
        applicant: Applicant,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        let explanation = try Wire.text(score)
        let applicant = try Wire.text(applicant)
        return """
            UPDATE applications
            SET score = \(score.total), score_explanation = \(explanation)::jsonb, applicant = \(applicant)::jsonb, updated_at = \(tx.now)
            WHERE tenant_id = \(tx.tenant) AND id = \(id)
            """
    }

    static func score(_ id: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT score_explanation::text AS score_explanation
        FROM applications
        WHERE tenant_id = \(tenant) AND id = \(id) AND score_explanation IS NOT NULL
        """
    }

    static func move(_ id: Identifier<Application>, to stage: Stage, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE applications
        SET stage_id = \(stage.id), moved_at = \(tx.now), updated_at = \(tx.now), version = version + 1
        WHERE tenant_id = \(tx.tenant) AND id = \(id)
        """
    }

    static func move(_ moves: [(id: Identifier<Application>, stage: Stage)], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE applications a
        SET stage_id = m.stage_id, moved_at = \(tx.now), updated_at = \(tx.now), version = a.version + 1
        FROM unnest(\(moves.map(\.id.uuid))::uuid[], \(moves.map(\.stage.id.uuid))::uuid[]) AS m (id, stage_id)
        WHERE a.tenant_id = \(tx.tenant) AND a.id = m.id
        """
    }

    static func addTag(_ tag: Text<60>, to id: Identifier<Application>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE applications
        SET tags = array_append(tags, \(tag)), updated_at = \(tx.now), version = version + 1
        WHERE tenant_id = \(tx.tenant) AND id = \(id)
        """
    }

    /// A rule's rating is kept next to the members'; it has one place, too.
    static func rate(_ input: RateApplication, _ tx: TenantTransaction) throws(Failure) -> SQL {
        let criteria = try Wire.text(input.criteria ?? [:])
        return """
            INSERT INTO application_ratings (tenant_id, application_id, author, author_id, rating, criteria, comment, created_at)
            VALUES (
                \(tx.tenant), \(input.id), \(tx.caller.user?.description ?? tx.caller.actor.kind), \(tx.caller.user), \(input.rating),
                \(criteria)::jsonb, \(input.comment), \(tx.now)
            )
            ON CONFLICT (tenant_id, application_id, author) DO UPDATE
            SET rating = excluded.rating, criteria = excluded.criteria, comment = excluded.comment, created_at = excluded.created_at
            """
    }

    static func summarizeRatings(of id: Identifier<Application>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE applications a
        SET rating = r.average, ratings = r.count, updated_at = \(tx.now), version = version + 1
        FROM (
            SELECT avg(rating)::float8 AS average, count(*) AS count
            FROM application_ratings
            WHERE tenant_id = \(tx.tenant) AND application_id = \(id)
        ) r
        WHERE a.tenant_id = \(tx.tenant) AND a.id = \(id)
        """
    }

    private static let tellingEvents: [String] = [
        ApplicationSubmitted.name, ApplicationStatusChanged.name, ApplicationWithdrawn.name, InterviewScheduled.name, InterviewChanged.name,
        OfferMade.name, OfferChanged.name,
    ]

    static func history(_ id: Identifier<Application>, forMember: Bool, tenant: Identifier<Tenant>) -> SQL {
        let shown: SQL = forMember ? "" : "AND name = ANY(\(tellingEvents)::text[])"
        return """
            SELECT id, name, occurred_at, actor_kind, actor_id, cause_id, payload ->> 'from' AS from_status,
                   CASE name
                       WHEN \(OfferChanged.name) THEN payload #>> '{offer,status}'
                       WHEN \(ApplicationWithdrawn.name) THEN payload #>> '{application,status}'
                       ELSE payload ->> 'to'
                   END AS to_status,
                   payload ->> 'reason' AS reason, (payload - 'application')::text AS details
            FROM events
            WHERE tenant_id = \(tenant) AND subject_kind = 'application' AND subject_id = \(id.uuid) \(fragment: shown)
            ORDER BY occurred_at, id
            LIMIT 1000
            """
    }
}

enum NoteQueries {
    static func insert(_ note: Note, on application: Identifier<Application>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO application_notes (tenant_id, id, application_id, kind, text, author_id, created_at)
        VALUES (\(tx.tenant), \(note.id), \(application), \(note.kind), \(note.text), \(note.authorId), \(note.createdAt))
        """
    }

    static func notes(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id, kind, text, author_id, created_at
        FROM application_notes
        WHERE tenant_id = \(tenant) AND application_id = \(application)
        ORDER BY created_at, id
        """
    }
}
