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

    static func interviews(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM interviews
        WHERE tenant_id = \(tenant) AND application_id = \(application)
        ORDER BY starts_at, id
        """
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
            location = \(input.location.isPresent ? input.location.applied(to: nil)?.value : interview.location),
            meeting_url = \(input.meetingURL.isPresent ? input.meetingURL.applied(to: nil)?.value : interview.meetingURL),
            outcome = \(input.outcome ?? interview.outcome),
            feedback = \(input.feedback.isPresent ? input.feedback.applied(to: nil)?.value : interview.feedback),
            version = version + 1
        WHERE tenant_id = \(tx.tenant) AND id = \(interview.id)
        """
    }

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

    static func cards(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT recommendation, author_id
        FROM scorecards
        WHERE tenant_id = \(tenant) AND application_id = \(application)
        ORDER BY created_at, id
        """
    }
}

enum OfferQueries {
    private static let columns: SQL = """
        id, application_id, status, base_salary, currency, bonus, equity, benefits, starts_on, expires_at, message, version, created_at,
        updated_at
        """

    static func offer(_ id: Identifier<Offer>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT \(fragment: columns) FROM offers WHERE tenant_id = \(tenant) AND id = \(id) FOR UPDATE"
    }

    static func open(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT id
        FROM offers
        WHERE tenant_id = \(tenant) AND application_id = \(application) AND status IN ('pending', 'negotiating')
        """
    }

    static func offers(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM offers
        WHERE tenant_id = \(tenant) AND application_id = \(application)
        ORDER BY created_at, id
        """
    }

    static func insert(_ offer: Offer, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO offers (
            tenant_id, id, application_id, status, base_salary, currency, bonus, equity, benefits, starts_on, expires_at, message,
            created_by, created_at, updated_at
        )
        VALUES (
            \(tx.tenant), \(offer.id), \(offer.applicationId), \(offer.status), \(offer.baseSalary.amount), \(offer.baseSalary.currency.code),
            \(offer.bonus), \(offer.equity), \(offer.benefits), \(offer.startsOn), \(offer.expiresAt), \(offer.message), \(tx.caller.user),
            \(tx.now), \(tx.now)
        )
        """
    }

    static func update(_ offer: Offer, _ input: ChangeOffer, status: OfferStatus, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE offers
        SET status = \(status),
            base_salary = \((input.baseSalary ?? offer.baseSalary).amount),
            currency = \((input.baseSalary ?? offer.baseSalary).currency.code),
            bonus = \(input.bonus ?? offer.bonus),
            expires_at = \(input.expiresAt ?? offer.expiresAt),
            message = \(input.message?.value ?? offer.message),
            version = version + 1,
            updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(offer.id)
        """
    }
}
