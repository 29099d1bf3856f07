import Foundation
import Kernel

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
        return try reading {
            let scorecards = try cards?.map(Scorecard.init)
            return Items(
                try rows.map { row in
                    let interview = try Interview(checking: row)
                    guard isMember else { return InterviewView(interview: interview.asSeenByCandidate, scorecards: nil) }
                    return InterviewView(interview: interview, scorecards: scorecards?.filter { $0.interviewId == interview.id })
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
