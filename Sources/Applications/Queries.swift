import Candidates
import Foundation
import Identity
import Jobs
import Kernel
import Outbox
import Postgres

enum ApplicationQueries {
    private static let columns: SQL = """
        a.id, a.job_id, j.title AS job_title, a.company_id, c.name AS company_name, j.pipeline_id, a.candidate_id, a.applicant::text AS applicant, a.resume_id,
        s.key AS status, s.name AS stage_name, s.category, a.score, a.rating, a.ratings, a.tags, a.cover_letter,
        a.answers::text AS answers, a.disqualified_by, a.source, a.version, a.applied_at, a.moved_at, a.updated_at
        """

    private static let summaryColumns: SQL = """
        a.job_id, j.title AS job_title, j.department, a.company_id, c.name AS company_name, a.candidate_id,
        a.applicant ->> 'name' AS candidate_name, a.applicant ->> 'headline' AS headline, a.status, a.category, a.score, a.source,
        cardinality(a.disqualified_by) > 0 AS is_disqualified, a.rating, a.tags, a.applied_at, a.moved_at
        """

    private static let tables: SQL = "applications a \(fragment: neighbors)"

    private static let neighbors: SQL = """
        JOIN jobs j ON j.tenant_id = a.tenant_id AND j.id = a.job_id
        JOIN stages s ON s.tenant_id = a.tenant_id AND s.id = a.stage_id
        JOIN companies c ON c.tenant_id = a.tenant_id AND c.id = a.company_id
        """

    static func application(_ id: Identifier<Application>, tenant: Identifier<Tenant>, locked: Bool) -> SQL {
        applications("id = \(id)", tenant: tenant, locking: locked ? "FOR UPDATE" : "")
    }

    /// Locked in the order of their ids, so that others locking some of them can't deadlock.
    static func locked(_ ids: [Identifier<Application>], for caller: Caller) -> SQL {
        let accepted: SQL = """
            , EXISTS (
                SELECT FROM offers o WHERE o.tenant_id = a.tenant_id AND o.application_id = a.id AND o.status = 'accepted'
            ) AS has_accepted_offer, NOT (\(caller.knowsJob("a.job_id"))) AS is_hidden
            """
        return applications(
            "id = ANY(\(ids.map(\.uuid))::uuid[])",
            tenant: caller.tenant,
            locking: "ORDER BY id FOR UPDATE",
            also: accepted
        )
    }

    private static func applications(_ chosen: SQL, tenant: Identifier<Tenant>, locking: SQL, also: SQL = "") -> SQL {
        // The lock is taken beneath the join: above it, a statement that waited would look for the stage that the row had before, and find
        // none.
        """
        SELECT \(fragment: columns) \(fragment: also)
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
        return "(a.candidate_id = \(reader.user) OR \(fragment: member) AND \(reader.caller.knowsJob("a.job_id")))"
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

    /// Until their account is closed.
    static func contact(of application: Application, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(Identity.address(of: "u")) AS email, CASE WHEN u.status = 'sourced' THEN u.phone END AS phone,
            (r.parsed -> 'phones')::text AS phones,
            \(fragment: Outbox.bounce(of: Identity.address(of: "u"), tenant: "u.tenant_id")) AS mail_bounce
        FROM users u
        LEFT JOIN resumes r ON r.tenant_id = u.tenant_id AND r.id = \(application.resumeId)::uuid
        WHERE u.tenant_id = \(tenant) AND u.id = \(application.candidateId) AND u.status <> 'deleted'
        """
    }

    static func company(of id: Identifier<Application>, knownTo caller: Caller) -> SQL {
        """
        SELECT a.company_id
        FROM applications a
        WHERE a.tenant_id = \(caller.tenant) AND a.id = \(id) AND \(caller.knowsJob("a.job_id"))
        """
    }

    static func ids(ofCandidates people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        SELECT id
        FROM applications
        WHERE tenant_id = \(tx.tenant) AND candidate_id = ANY(\(people.map(\.uuid))::uuid[])
        ORDER BY id
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

    static func list(_ input: ListApplications, visibleTo reader: Reader, _ page: PageRequest) throws(Failure) -> SQL {
        let isWaiting = input.sort == .waiting
        let filters = filter(input, seenBy: reader)
        func branch(_ whose: SQL, changed: SQL) -> ListQuery.Branch {
            branchOfApplications("\(whose) \(filters)", tenant: reader.tenant, sortedBy: isWaiting ? "a.moved_at" : changed)
        }
        let scope = reader.member?.scope(.viewApplications) ?? CompanyScope.some([])
        var branches: [ListQuery.Branch] = []
        if scope.isWholeTenant, !reader.caller.roles.contains(.candidate) {
            branches = [branch("TRUE", changed: "a.updated_at")]
        } else {
            // For candidates an application changes when it moves: tags and ratings are only for the employer.
            branches = scope.parts("a.company_id").map { company in
                branch(
                    "\(company) AND a.candidate_id IS DISTINCT FROM \(reader.user)::uuid AND \(reader.caller.knowsJob("a.job_id"))",
                    changed: "a.updated_at"
                )
            }
            if let user = reader.user { branches.append(branch("a.candidate_id = \(user)", changed: "a.moved_at")) }
        }
        if branches.isEmpty { branches = [branch("FALSE", changed: "a.updated_at")] }
        let order: ListOrder =
            isWaiting ? .ascending(.time("sorted_by"), .id("id")) : .descending(.time("sorted_by"), .id("id"))
        let changed: SQL =
            reader.user == nil ? "a.updated_at" : "CASE WHEN a.candidate_id = \(reader.user)::uuid THEN a.moved_at ELSE a.updated_at END"
        return try summaries(ListQuery(branches, by: order), changed: changed, page, tenant: reader.tenant)
    }

    private static func filter(_ input: ListApplications, seenBy reader: Reader) -> SQL {
        var filter: SQL = ""
        if let status = input.status { filter += " AND a.status = \(status)" }
        if let category = input.category { filter += " AND a.category = \(category)" }
        let isUnfiltered = input.status == nil && input.category == nil && input.isOpen == nil
        switch input.isOpen ?? (input.sort == .waiting && isUnfiltered ? true : nil) {
        // As the indexes of those that wait have it.
        case true?: filter += " AND a.category NOT IN ('hired', 'rejected', 'withdrawn')"
        case false?: filter += " AND a.category IN ('hired', 'rejected', 'withdrawn')"
        case nil: break
        }
        if let job = input.jobId { filter += " AND a.job_id = \(job)" }
        if let company = input.companyId { filter += " AND a.company_id = \(company)" }
        if let department = input.department {
            filter += """
                 AND a.job_id = ANY(
                    ARRAY(SELECT d.id FROM jobs d WHERE d.tenant_id = \(reader.tenant) AND lower(d.department) = lower(\(department)))
                )
                """
        }
        if let candidate = input.candidateId {
            filter += " AND a.candidate_id IN \(Candidates.ids(with: candidate, tenant: reader.tenant))"
        }
        if let name = input.candidateName { filter += " AND lower(a.applicant ->> 'name') = lower(\(name))" }
        // A candidate must not find out the employer's tags, or what rules them out, by filtering for it.
        if input.tag != nil || input.withoutTag != nil || input.isDisqualified != nil {
            filter += " AND a.candidate_id IS DISTINCT FROM \(reader.user)::uuid"
        }
        if let words = input.q {
            let title: SQL = "(SELECT t.title FROM jobs t WHERE t.tenant_id = a.tenant_id AND t.id = a.job_id)"
            filter += " AND \(fragment: holds(words, orElse: title))"
        }
        if let source = input.source { filter += " AND \(fragment: came(from: source))" }
        if let isDisqualified = input.isDisqualified { filter += " AND \(fragment: disqualified(isDisqualified))" }
        if let tag = input.tag { filter += " AND \(fragment: has(tag, "a.tags"))" }
        if let tag = input.withoutTag { filter += " AND NOT \(fragment: has(tag, "a.tags"))" }
        if let score = input.minScore { filter += " AND a.score >= \(score)" }
        if let moment = input.appliedAfter { filter += " AND a.applied_at >= \(moment)" }
        if let moment = input.movedBefore { filter += " AND a.moved_at <= \(moment)" }
        if let moment = input.movedAfter { filter += " AND a.moved_at >= \(moment)" }
        return filter
    }

    /// Each of the words, in what is known of the applicant, or else in another text, which is read only for those that are missing there.
    private static func holds(_ words: Text<200>, orElse other: SQL) -> SQL {
        """
        NOT EXISTS (
            SELECT FROM regexp_split_to_table(trim(search_folded(\(words))), '\\s+') AS t (word)
            WHERE position(
                    t.word IN search_folded(concat_ws(' ', a.applicant ->> 'name', a.applicant ->> 'headline', a.applicant ->> 'skills'))
                ) = 0
                AND position(t.word IN search_folded(coalesce(\(fragment: other), ''))) = 0
        )
        """
    }

    private static func came(from source: Text<60>) -> SQL { "search_folded(a.source) = search_folded(\(source))" }

    private static func disqualified(_ isDisqualified: Bool) -> SQL {
        isDisqualified ? "cardinality(a.disqualified_by) > 0" : "cardinality(a.disqualified_by) = 0"
    }

    /// Whether the member may see the job is known before.
    static func list(_ input: ListApplicationsOfJob, seenBy member: Member, _ page: PageRequest) throws(Failure) -> SQL {
        var filter: SQL = "a.job_id = \(input.id) AND \(fragment: others(than: member))"
        if let status = input.status { filter += " AND a.status = \(status)" }
        if let category = input.category { filter += " AND a.category = \(category)" }
        if let score = input.minScore { filter += " AND a.score >= \(score)" }
        if let words = input.q {
            let resume: SQL = "(SELECT r.text FROM resumes r WHERE r.tenant_id = a.tenant_id AND r.id = a.resume_id)"
            filter += " AND \(fragment: holds(words, orElse: resume))"
        }
        for skill in input.skills?.elements ?? [] {
            filter += """
                 AND EXISTS (
                    SELECT FROM jsonb_array_elements_text(a.applicant -> 'skills') AS t (skill)
                    WHERE search_folded(t.skill) = search_folded(\(skill))
                )
                """
        }
        if let tag = input.tag { filter += " AND \(fragment: has(tag, "a.tags"))" }
        if let source = input.source { filter += " AND \(fragment: came(from: source))" }
        if let isDisqualified = input.isDisqualified { filter += " AND \(fragment: disqualified(isDisqualified))" }
        // As the indexes have it: the planner looks into no COALESCE beneath row-level security.
        let (key, order): (SQL, ListOrder) =
            switch input.sort ?? .newest {
            case .newest: ("a.applied_at", .descending(.time("sorted_by"), .id("id")))
            case .oldest: ("a.applied_at", .ascending(.time("sorted_by"), .id("id")))
            case .score: ("CASE WHEN a.score IS NULL THEN -1 ELSE a.score END", .descending(.whole("sorted_by"), .id("id")))
            case .rating: ("CASE WHEN a.rating IS NULL THEN -1 ELSE a.rating END", .descending(.number("sorted_by"), .id("id")))
            }
        let branch = branchOfApplications(filter, tenant: member.tenant, sortedBy: key)
        return try summaries(ListQuery([branch], by: order), changed: "a.updated_at", page, tenant: member.tenant)
    }

    private static func branchOfApplications(_ filter: SQL, tenant: Identifier<Tenant>, sortedBy key: SQL) -> ListQuery.Branch {
        ListQuery.Branch("a.id, \(key) AS sorted_by", from: "applications a", where: "a.tenant_id = \(tenant) AND \(filter)")
    }

    private static func summaries(
        _ list: ListQuery,
        changed: SQL,
        _ page: PageRequest,
        tenant: Identifier<Tenant>
    ) throws(Failure) -> SQL {
        try list.page(
            page,
            details: ", \(summaryColumns), \(changed) AS updated_at",
            joining: """
                LEFT JOIN applications a ON a.tenant_id = \(tenant) AND a.id = page.id
                LEFT JOIN jobs j ON j.tenant_id = \(tenant) AND j.id = a.job_id
                LEFT JOIN companies c ON c.tenant_id = \(tenant) AND c.id = a.company_id
                """
        )
    }

    /// One page of cards for every column, and each column's count, whatever the page: as far as anybody counts.
    static func board(_ job: Identifier<Job>, stage: String?, _ page: PageRequest, seenBy member: Member) -> SQL {
        let one: SQL = stage.map { "AND s.key = \($0)" } ?? ""
        let placed: SQL = """
            FROM applications a
            WHERE a.tenant_id = \(member.tenant) AND a.job_id = \(job) AND a.stage_id = s.id AND \(fragment: others(than: member))
            """
        return """
            SELECT s.id AS stage_id, counted.count, a.id, \(fragment: summaryColumns), a.updated_at
            FROM jobs j
            JOIN stages s ON s.tenant_id = j.tenant_id AND s.pipeline_id = j.pipeline_id \(fragment: one)
            CROSS JOIN LATERAL (
                SELECT count(*) AS count FROM (SELECT \(placed) LIMIT \(ListQuery.mostCounted + 1)::int) AS few
            ) AS counted
            LEFT JOIN LATERAL (
                SELECT a.id, a.moved_at
                \(placed)
                ORDER BY a.moved_at DESC, a.id DESC
                LIMIT \(page.limit)::int OFFSET \(page.offset)::int
            ) AS page ON TRUE
            LEFT JOIN applications a ON a.tenant_id = \(member.tenant) AND a.id = page.id
            LEFT JOIN companies c ON c.tenant_id = \(member.tenant) AND c.id = j.company_id
            WHERE j.tenant_id = \(member.tenant) AND j.id = \(job)
            ORDER BY s.id, page.moved_at DESC, page.id DESC
            """
    }

    /// The questions of a job's answers in their own words, those that were answered last first.
    static func questionsAnswered(of job: Identifier<Job>, seenBy member: Member) -> SQL {
        """
        SELECT t.answer ->> 'key' AS key, t.answer ->> 'question' AS text, t.answer ->> 'kind' AS kind, (t.answer -> 'options')::text AS options,
               count(*) AS answers, max(a.applied_at) AS last_answered_at
        FROM applications a
        CROSS JOIN LATERAL jsonb_array_elements(a.answers) AS t (answer)
        WHERE a.tenant_id = \(member.tenant) AND a.job_id = \(job) AND \(fragment: others(than: member))
            AND t.answer ->> 'question' IS NOT NULL
        GROUP BY 1, 2, 3, 4
        ORDER BY last_answered_at DESC, key, text
        LIMIT 500
        """
    }

    static func insert(
        _ id: Identifier<Application>,
        _ input: ApplyToJob,
        job: Job,
        stage: Stage,
        applicant: Applicant,
        answers: CheckedAnswers,
        of candidate: Identifier<User>,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        let applicant = try Wire.text(applicant)
        let given = try Wire.text(answers.given)
        return """
            INSERT INTO applications (
                tenant_id, id, job_id, company_id, candidate_id, stage_id, resume_id, applicant, cover_letter, answers, disqualified_by,
                source, applied_at, moved_at, updated_at
            )
            VALUES (
                \(tx.tenant), \(id), \(job.id), \(job.companyId), \(candidate), \(stage.id), \(input.resumeId), \(applicant)::jsonb,
                \(input.coverLetter), \(given)::jsonb, \(answers.disqualifiedBy)::text[], \(input.source), \(tx.now), \(tx.now),
                \(tx.now)
            )
            """
    }

    /// A withdrawn one, with what came with it the second time; it keeps when it was first submitted, and what the employer made of it.
    static func renew(
        _ id: Identifier<Application>,
        _ input: ApplyToJob,
        stage: Stage,
        applicant: Applicant,
        answers: CheckedAnswers,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        let applicant = try Wire.text(applicant)
        let given = try Wire.text(answers.given)
        return """
            UPDATE applications
            SET stage_id = \(stage.id), resume_id = \(input.resumeId), applicant = \(applicant)::jsonb, cover_letter = \(input.coverLetter),
                answers = \(given)::jsonb, disqualified_by = \(answers.disqualifiedBy)::text[], source = COALESCE(\(input.source), source),
                score = NULL, score_explanation = NULL, moved_at = \(tx.now), updated_at = \(tx.now), version = version + 1
            WHERE tenant_id = \(tx.tenant) AND id = \(id)
            """
    }

    static func own(to job: Identifier<Job>, of candidate: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT id FROM applications WHERE tenant_id = \(tenant) AND job_id = \(job) AND candidate_id = \(candidate)"
    }

    /// What last changed its status.
    static func lastMove(_ id: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        let names = [ApplicationStatusChanged.name, ApplicationWithdrawn.name, ApplicationRenewed.name]
        return """
            SELECT id, name, occurred_at, payload ->> 'from' AS from_status, payload ->> 'to' AS to_status,
                   payload ->> 'undoes' IS NOT NULL AS is_undo, payload ->> 'group' AS move_group
            FROM events
            WHERE tenant_id = \(tenant) AND subject_kind = 'application' AND subject_id = \(id.uuid) AND name = ANY(\(names)::text[])
            ORDER BY occurred_at DESC, id DESC
            LIMIT 1
            """
    }

    /// Locked by nothing: whoever takes them back locks the applications. Ids of events begin with their time.
    static func moved(inGroup group: Identifier<MoveGroup>, since moment: Date, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT subject_id
        FROM events
        WHERE tenant_id = \(tenant) AND occurred_at >= \(moment) AND name = \(ApplicationStatusChanged.name)
            AND payload ->> 'group' = \(group.description)
        ORDER BY subject_id
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
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND NOT \(fragment: has(tag, "tags"))
        """
    }

    static func removeTag(_ tag: Text<60>, from id: Identifier<Application>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE applications
        SET updated_at = \(tx.now), version = version + 1, tags = ARRAY(
                SELECT t.tag
                FROM unnest(tags) WITH ORDINALITY AS t (tag, place)
                WHERE search_folded(t.tag) <> search_folded(\(tag))
                ORDER BY t.place
            )
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND \(fragment: has(tag, "tags"))
        """
    }

    /// Upper and lower case and accents make no difference.
    private static func has(_ tag: Text<60>, _ tags: StaticString) -> SQL {
        "EXISTS (SELECT FROM unnest(\(raw: tags)) AS t (tag) WHERE search_folded(t.tag) = search_folded(\(tag)))"
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
        ApplicationSubmitted.name, ApplicationStatusChanged.name, ApplicationWithdrawn.name, ApplicationRenewed.name,
        InterviewScheduled.name, InterviewChanged.name, OfferMade.name, OfferChanged.name,
    ]

    static func event(_ id: Identifier<EventRecord>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id, name, payload::text AS payload, occurred_at, actor_id, subject_id
        FROM events
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }

    static func history(_ id: Identifier<Application>, forMember: Bool, tenant: Identifier<Tenant>) -> SQL {
        let shown: SQL = forMember ? "" : "AND name = ANY(\(tellingEvents)::text[])"
        return """
            SELECT id, name, occurred_at, actor_kind, actor_id, cause_id, payload ->> 'from' AS from_status,
                   CASE name
                       WHEN \(OfferChanged.name) THEN payload #>> '{offer,status}'
                       WHEN \(ApplicationWithdrawn.name) THEN payload #>> '{application,status}'
                       WHEN \(ApplicationRenewed.name) THEN payload #>> '{application,status}'
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
    private static let columns: SQL = """
        n.id, n.kind, n.text, n.author_id, n.created_at, n.edited_at,
        (
            SELECT NULLIF(concat_ws(' ', u.first_name, u.last_name), '') FROM users u WHERE u.tenant_id = n.tenant_id AND u.id = n.author_id
        ) AS author_name
        """

    static func insert(_ note: Note, on application: Identifier<Application>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO application_notes (tenant_id, id, application_id, kind, text, author_id, created_at)
        VALUES (\(tx.tenant), \(note.id), \(application), \(note.kind), \(note.text), \(note.authorId), \(note.createdAt))
        """
    }

    static func notes(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM application_notes n
        WHERE n.tenant_id = \(tenant) AND n.application_id = \(application)
        ORDER BY n.created_at, n.id
        """
    }

    static func note(_ id: Identifier<Note>, _ tx: TenantTransaction, locked: Bool) -> SQL {
        """
        SELECT \(fragment: columns), n.application_id
        FROM application_notes n
        WHERE n.tenant_id = \(tx.tenant) AND n.id = \(id)
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    static func update(_ note: Note, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE application_notes
        SET kind = \(note.kind), text = \(note.text), edited_at = \(note.editedAt)
        WHERE tenant_id = \(tx.tenant) AND id = \(note.id)
        """
    }

    static func delete(_ id: Identifier<Note>, _ tx: TenantTransaction) -> SQL {
        "DELETE FROM application_notes WHERE tenant_id = \(tx.tenant) AND id = \(id)"
    }
}
