import Candidates
import Foundation
import Jobs
import Kernel
import Postgres

extension Application {
    init(checking row: Row) throws(Failure) {
        do {
            self.init(
                id: try row("id"),
                jobId: try row("job_id"),
                jobTitle: try row("job_title"),
                companyId: try row("company_id"),
                companyName: try row("company_name"),
                pipelineId: try row("pipeline_id"),
                candidateId: try row("candidate_id"),
                applicant: try row.json("applicant"),
                resumeId: try row("resume_id"),
                status: try row("status"),
                stageName: try row("stage_name"),
                category: try row("category"),
                atsScore: try row("score"),
                rating: try row("rating"),
                ratings: try row("ratings"),
                tags: try row("tags"),
                coverLetter: try row("cover_letter"),
                answers: try row.json("answers"),
                disqualifiedBy: try row("disqualified_by"),
                source: try row("source"),
                version: try row("version"),
                appliedAt: try row("applied_at"),
                movedAt: try row("moved_at"),
                updatedAt: try row("updated_at")
            )
        } catch {
            throw Failure(error)
        }
    }
}

extension ApplicationSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            jobId: try row("job_id"),
            jobTitle: try row("job_title"),
            department: try row("department"),
            companyId: try row("company_id"),
            companyName: try row("company_name"),
            candidateId: try row("candidate_id"),
            candidateName: try row("candidate_name"),
            headline: try row("headline"),
            status: try row("status"),
            category: try row("category"),
            atsScore: try row("score"),
            source: try row("source"),
            isDisqualified: try row("is_disqualified"),
            rating: try row("rating"),
            tags: try row("tags"),
            appliedAt: try row("applied_at"),
            movedAt: try row("moved_at"),
            updatedAt: try row("updated_at")
        )
    }
}

extension HistoryEntry {
    init(_ row: Row, withDetails: Bool) throws {
        let event: String = try row("name")
        self.init(
            id: try row("id"),
            event: event,
            occurredAt: try row("occurred_at"),
            actor: try row("actor_kind"),
            actorId: withDetails ? try row("actor_id") : nil,
            causeId: try row("cause_id"),
            from: try row("from_status"),
            to: try row("to_status"),
            reason: withDetails || event == ApplicationWithdrawn.name ? try row("reason") : nil,
            details: withDetails ? try row.json("details") : [:]
        )
    }
}

extension Score {
    init(_ row: Row) throws { self = try row.json("score_explanation") }
}

extension Note {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            kind: try row("kind"),
            text: try row("text"),
            authorId: try row("author_id"),
            authorName: try row("author_name"),
            createdAt: try row("created_at"),
            editedAt: try row("edited_at")
        )
    }
}

extension ApplicationFact.Card {
    init(_ row: Row) throws { self.init(recommendation: try row("recommendation"), authorId: try row("author_id")) }
}

extension Interview {
    init(checking row: Row) throws(Failure) {
        do {
            self.init(
                id: try row("id"),
                applicationId: try row("application_id"),
                kind: try row("kind"),
                startsAt: try row("starts_at"),
                durationMinutes: try row("duration_minutes"),
                location: try row("location"),
                meetingURL: try row("meeting_url"),
                interviewers: (try row("interviewers") as [UUID]).map(Identifier.init),
                message: try row("message"),
                outcome: try row("outcome"),
                feedback: try row("feedback"),
                version: try row("version"),
                createdAt: try row("created_at")
            )
        } catch {
            throw Failure(error)
        }
    }
}

extension Scorecard {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            interviewId: try row("interview_id"),
            authorId: try row("author_id"),
            recommendation: try row("recommendation"),
            ratings: try row.json("ratings"),
            comment: try row("comment"),
            createdAt: try row("created_at")
        )
    }
}

extension Offer {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            applicationId: try row("application_id"),
            status: try row("status"),
            baseSalary: Money(amount: try MinorUnits(try row("base_salary")), currency: try Currency(try row("currency"))),
            bonus: try (row("bonus") as Int?).map { try MinorUnits($0) },
            equity: try row("equity"),
            benefits: try row("benefits"),
            startsOn: (try row("starts_on") as Date?).map(Day.init(of:)),
            expiresAt: try row("expires_at"),
            message: try row("message"),
            reply: try row("reply"),
            version: try row("version"),
            termsVersion: try row("terms_version"),
            acceptedVersion: try row("accepted_version"),
            createdAt: try row("created_at"),
            updatedAt: try row("updated_at")
        )
    }
}
