package import Foundation
package import Kernel
import Postgres

struct ListInterviews: Codable, Sendable {
    let applicationId: Identifier<Application>?
    let outcome: InterviewOutcome?
    let startsAfter: Date?
    let endedBefore: Date?
    /// Whether an invited interviewer has not submitted a scorecard yet.
    let lacksScorecards: Bool?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

/// A line in the list of interviews to come, or waiting for feedback.
package struct InterviewSummary: Codable, Sendable {
    package let id: Identifier<Interview>
    package let applicationId: Identifier<Application>
    package let candidateName: String
    package let jobTitle: String
    package let kind: InterviewKind
    package let startsAt: Date
    package let endsAt: Date
    package let outcome: InterviewOutcome
    package let interviewers: [Identifier<User>]
    /// The invited interviewers without a scorecard.
    package let awaited: [Identifier<User>]
}

extension Applications {
    func listInterviews(_ input: ListInterviews, by member: Member) async throws(Failure) -> Page<InterviewSummary> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        return try Page(
            try await store.query(as: member, try InterviewQueries.list(input, visibleTo: member, request)),
            request: request,
            InterviewSummary.init
        )
    }
}

extension InterviewSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            applicationId: try row("application_id"),
            candidateName: try row("candidate_name"),
            jobTitle: try row("job_title"),
            kind: try row("kind"),
            startsAt: try row("starts_at"),
            endsAt: try row("ends_at"),
            outcome: try row("outcome"),
            interviewers: (try row("interviewers") as [UUID]).map(Identifier.init),
            awaited: (try row("awaited") as [UUID]).map(Identifier.init)
        )
    }
}
