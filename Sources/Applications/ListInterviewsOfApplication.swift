import Foundation
import Kernel
import Postgres

struct ListInterviewsOfApplication: Codable, Sendable {
    let id: Identifier<Application>
}

extension Applications {
    func listInterviewsOfApplication(_ input: ListInterviewsOfApplication, by reader: Reader) async throws(Failure) -> Items<InterviewView>
    {
        let application = try await visible(input.id, to: reader)
        let isMember = application.isOpenToEmployer(reader)
        let rows = try await store.query(as: reader, InterviewQueries.interviews(of: [input.id], tenant: reader.tenant))
        let cards = isMember ? try await store.query(as: reader, InterviewQueries.scorecards(of: input.id, tenant: reader.tenant)) : nil
        let replies = try await store.query(as: reader, GuestQueries.answers(of: input.id, tenant: reader.tenant))
        return try reading {
            let scorecards = try cards?.map(Scorecard.init)
            let answers = try replies.map { (interview: try $0("interview_id") as Identifier<Interview>, answer: try InterviewAnswer($0)) }
            return Items(
                try rows.map { row in
                    let interview = try Interview(checking: row)
                    let answers = answers.filter { $0.interview == interview.id && (isMember || $0.answer.isCandidate) }.map(\.answer)
                    guard isMember else { return InterviewView(interview: interview.asSeenByCandidate, answers: answers) }
                    let scorecards = scorecards?.filter { $0.interviewId == interview.id }
                    return InterviewView(interview: interview, scorecards: scorecards, answers: answers)
                }
            )
        }
    }
}

extension Interview {
    /// Candidates hear feedback and a verdict from people.
    var asSeenByCandidate: Interview {
        var seen = Interview(
            id: id,
            applicationId: applicationId,
            kind: kind,
            startsAt: startsAt,
            durationMinutes: durationMinutes,
            location: location,
            meetingURL: meetingURL,
            interviewers: [],
            message: message,
            outcome: outcome == .canceled ? .canceled : .pending,
            feedback: nil,
            version: 0,
            createdAt: createdAt
        )
        seen.version = visibleVersion(of: seen)
        return seen
    }
}
