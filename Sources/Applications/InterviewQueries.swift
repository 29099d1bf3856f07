import Foundation
import Kernel
import Postgres

enum InterviewQueries {
    private static let columns: SQL = """
        id, application_id, kind, starts_at, duration_minutes, location, meeting_url, interviewers, message, outcome, feedback, version,
        created_at
        """

    static func interview(_ id: Identifier<Interview>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM interviews
        WHERE tenant_id = \(tenant) AND id = \(id)
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    static func interviews(of applications: [Identifier<Application>], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM interviews
        WHERE tenant_id = \(tenant) AND application_id = ANY(\(applications.map(\.uuid))::uuid[])
        ORDER BY starts_at, id
        """
    }

    /// Nobody sees their own interview from the employer's side.
    static func list(_ input: ListInterviews, visibleTo member: Member, _ page: PageRequest) throws(Failure) -> SQL {
        var filters = filter(input)
        if let user = member.user {
            // Not joined, so that the index's order stays.
            filters += """
                 AND (SELECT a.candidate_id FROM applications a WHERE a.tenant_id = i.tenant_id AND a.id = i.application_id) <> \(user)
                """
        }
        filters += " AND \(member.caller.knowsJob(jobOfInterview))"
        let branches = member.scope(.viewApplications).parts("i.company_id").map { company in
            ListQuery.Branch("i.id, i.starts_at", from: "interviews i", where: "i.tenant_id = \(member.tenant) AND \(company) \(filters)")
        }
        return try ListQuery(branches, by: .ascending(.time("starts_at"), .id("id"))).page(
            page,
            details: """
                , i.application_id, a.applicant ->> 'name' AS candidate_name, j.title AS job_title, i.kind,
                i.starts_at + make_interval(mins => i.duration_minutes) AS ends_at, i.outcome, i.interviewers, \(awaited) AS awaited
                """,
            joining: """
                LEFT JOIN interviews i ON i.tenant_id = \(member.tenant) AND i.id = page.id
                LEFT JOIN applications a ON a.tenant_id = \(member.tenant) AND a.id = i.application_id
                LEFT JOIN jobs j ON j.tenant_id = \(member.tenant) AND j.id = a.job_id
                """
        )
    }

    private static let jobOfInterview: StaticString =
        "(SELECT a.job_id FROM applications a WHERE a.tenant_id = i.tenant_id AND a.id = i.application_id)"

    /// The invited interviewers without a scorecard.
    private static let awaited: SQL = """
        ARRAY(
            SELECT invited.id
            FROM unnest(i.interviewers) AS invited (id)
            WHERE NOT EXISTS (
                SELECT 1
                FROM scorecards s
                WHERE s.tenant_id = i.tenant_id AND s.interview_id = i.id AND s.author_id = invited.id
            )
        )
        """

    private static func filter(_ input: ListInterviews) -> SQL {
        var filter: SQL = ""
        if let application = input.applicationId { filter += " AND i.application_id = \(application)" }
        if let outcome = input.outcome { filter += " AND i.outcome = \(outcome)" }
        if let moment = input.startsAfter { filter += " AND i.starts_at >= \(moment)" }
        if let moment = input.endedBefore {
            filter += " AND i.starts_at <= \(moment) AND i.starts_at + make_interval(mins => i.duration_minutes) <= \(moment)"
        }
        if let lacks = input.lacksScorecards { filter += " AND (cardinality(\(fragment: awaited)) > 0) = \(lacks)" }
        return filter
    }

    static func insert(_ interview: Interview, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO interviews (
            tenant_id, id, application_id, kind, starts_at, duration_minutes, location, meeting_url, interviewers, message, outcome, version,
            created_by, created_at
        )
        VALUES (
            \(tx.tenant), \(interview.id), \(interview.applicationId), \(interview.kind), \(interview.startsAt), \(interview.durationMinutes),
            \(interview.location), \(interview.meetingURL), \(interview.interviewers.map(\.uuid))::uuid[], \(interview.message),
            \(interview.outcome), \(interview.version), \(tx.caller.user), \(tx.now)
        )
        """
    }

    static func update(_ interview: Interview, _ input: ChangeInterview, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE interviews
        SET starts_at = \(input.startsAt ?? interview.startsAt),
            duration_minutes = \(input.durationMinutes?.value ?? interview.durationMinutes),
            location = \(input.location.value(or: interview.location) { $0.value }),
            meeting_url = \(input.meetingURL.value(or: interview.meetingURL) { $0.value }),
            interviewers = \((input.interviewers?.elements ?? interview.interviewers).map(\.uuid))::uuid[],
            message = \(input.message.value(or: interview.message) { $0.value }),
            outcome = \(input.outcome ?? interview.outcome),
            feedback = \(input.feedback.value(or: interview.feedback) { $0.value }),
            version = version + 1
        WHERE tenant_id = \(tx.tenant) AND id = \(interview.id)
        """
    }

    /// Those still to come.
    static func callOff(_ applications: [Identifier<Application>], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE interviews
        SET outcome = \(InterviewOutcome.canceled), version = version + 1
        WHERE tenant_id = \(tx.tenant) AND application_id = ANY(\(applications.map(\.uuid))::uuid[])
            AND outcome = \(InterviewOutcome.pending) AND starts_at > \(tx.now)
        RETURNING \(fragment: columns)
        """
    }

    /// The applications with interviews to come that these people hold.
    static func applications(interviewedBy people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        "SELECT DISTINCT application_id FROM interviews WHERE \(fragment: ahead(of: people, tx))"
    }

    static func remove(interviewers people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE interviews
        SET interviewers = ARRAY(SELECT p.id FROM unnest(interviewers) p (id) WHERE p.id <> ALL(\(people.map(\.uuid))::uuid[])),
            version = version + 1
        WHERE \(fragment: ahead(of: people, tx))
        RETURNING \(fragment: columns)
        """
    }

    private static func ahead(of people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        tenant_id = \(tx.tenant) AND interviewers && \(people.map(\.uuid))::uuid[] AND outcome = \(InterviewOutcome.pending)
        AND starts_at > \(tx.now)
        """
    }

    /// What was held back for an earlier version is sent with this one.
    static func setInvitationVersion(of interview: Interview, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE interviews
        SET invitation_version = \(interview.version)
        WHERE tenant_id = \(tx.tenant) AND id = \(interview.id)
        """
    }

    /// Other interviews at the same time with any of these people, of companies that the caller sees.
    static func clashes(
        with interview: Interview,
        of people: [Identifier<User>],
        candidate: Identifier<User>,
        in scope: CompanyScope,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        SELECT i.id, i.interviewers, a.candidate_id, i.starts_at, i.starts_at + make_interval(mins => i.duration_minutes) AS ends_at
        FROM interviews i
        JOIN applications a ON a.tenant_id = i.tenant_id AND a.id = i.application_id
        WHERE i.tenant_id = \(tx.tenant) AND i.id <> \(interview.id) AND i.outcome = 'pending' AND \(scope.includes("i.company_id"))
            AND \(tx.caller.knowsJob("a.job_id")) AND i.starts_at < \(interview.endsAt) AND i.starts_at > \(interview.startsAt - longest)
            AND i.starts_at + make_interval(mins => i.duration_minutes) > \(interview.startsAt)
            AND (i.interviewers && \(people.map(\.uuid))::uuid[] OR a.candidate_id = \(candidate))
        ORDER BY i.starts_at, i.id
        LIMIT 50
        """
    }

    /// No interview lasts more than 600 minutes.
    private static let longest: TimeInterval = 36_000

    static func insert(_ card: Scorecard, application: Identifier<Application>, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        INSERT INTO scorecards (tenant_id, id, interview_id, application_id, author_id, recommendation, ratings, comment, created_at)
        VALUES (
            \(tx.tenant), \(card.id), \(card.interviewId), \(application), \(card.authorId), \(card.recommendation),
            \(try Wire.text(card.ratings))::jsonb, \(card.comment), \(tx.now)
        )
        """
    }

    static func scorecards(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id, interview_id, author_id, recommendation, ratings::text AS ratings, comment, created_at
        FROM scorecards
        WHERE tenant_id = \(tenant) AND application_id = \(application)
        ORDER BY created_at, id
        """
    }

    static func cards(of applications: [Identifier<Application>], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT application_id, recommendation, author_id
        FROM scorecards
        WHERE tenant_id = \(tenant) AND application_id = ANY(\(applications.map(\.uuid))::uuid[])
        ORDER BY created_at, id
        """
    }
}

enum OfferQueries {
    private static let columns: SQL = """
        o.id, o.application_id, o.status, o.base_salary, o.currency, o.bonus, o.equity, o.benefits, o.starts_on, o.expires_at, o.message,
        o.reply, o.version, o.terms_version, o.accepted_version, o.created_at, o.updated_at
        """

    static func offer(_ id: Identifier<Offer>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM offers o
        WHERE o.tenant_id = \(tenant) AND o.id = \(id)
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    /// What was said of it, as the event log has it.
    static func history(_ offer: Offer, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT e.occurred_at, e.actor_kind, CASE WHEN e.actor_kind = 'user' THEN e.actor_id END AS user_id,
               (e.payload -> 'offer')::text AS offer
        FROM events e
        WHERE e.tenant_id = \(tenant) AND e.subject_kind = 'application' AND e.subject_id = \(offer.applicationId.uuid)
            AND e.name IN (\(OfferMade.name), \(OfferChanged.name)) AND (e.payload #>> '{offer,id}')::uuid = \(offer.id)
        ORDER BY e.occurred_at, e.id
        LIMIT 1000
        """
    }

    static func open(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id
        FROM offers
        WHERE tenant_id = \(tenant) AND application_id = \(application) AND status IN ('pending', 'negotiating')
        """
    }

    static func offers(of applications: [Identifier<Application>], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM offers o
        WHERE o.tenant_id = \(tenant) AND o.application_id = ANY(\(applications.map(\.uuid))::uuid[])
        ORDER BY o.created_at, o.id
        """
    }

    static func maker(of offer: Identifier<Offer>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT created_by FROM offers WHERE tenant_id = \(tenant) AND id = \(offer)"
    }

    static func insert(_ offer: Offer, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO offers (
            tenant_id, id, application_id, status, base_salary, currency, bonus, equity, benefits, starts_on, expires_at, message,
            created_by, created_at, updated_at
        )
        VALUES (
            \(tx.tenant), \(offer.id), \(offer.applicationId), \(offer.status), \(offer.baseSalary.amount), \(offer.baseSalary.currency.code),
            \(offer.bonus), \(offer.equity), \(offer.benefits), \(offer.startsOn?.moment), \(offer.expiresAt), \(offer.message), \(tx.caller.user),
            \(tx.now), \(tx.now)
        )
        """
    }

    static func update(_ offer: Offer, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE offers
        SET status = \(offer.status), base_salary = \(offer.baseSalary.amount), currency = \(offer.baseSalary.currency.code),
            bonus = \(offer.bonus), equity = \(offer.equity), benefits = \(offer.benefits), starts_on = \(offer.startsOn?.moment),
            expires_at = \(offer.expiresAt), message = \(offer.message), reply = \(offer.reply), version = \(offer.version),
            terms_version = \(offer.termsVersion), accepted_version = \(offer.acceptedVersion), updated_at = \(offer.updatedAt)
        WHERE tenant_id = \(tx.tenant) AND id = \(offer.id)
        """
    }

    /// The open ones, with the status that they had.
    static func expire(_ applications: [Identifier<Application>], onlyOverdue: Bool, _ tx: TenantTransaction) -> SQL {
        let overdue: SQL = onlyOverdue ? "AND f.expires_at <= \(tx.now)" : ""
        return """
            UPDATE offers o
            SET status = 'expired', version = o.version + 1, updated_at = \(tx.now)
            FROM (
                SELECT f.id, f.status AS was
                FROM offers f
                WHERE f.tenant_id = \(tx.tenant) AND f.application_id = ANY(\(applications.map(\.uuid))::uuid[])
                    AND f.status IN ('pending', 'negotiating') \(overdue)
                FOR UPDATE
            ) open
            WHERE o.tenant_id = \(tx.tenant) AND o.id = open.id
            RETURNING \(fragment: columns), open.was
            """
    }
}
