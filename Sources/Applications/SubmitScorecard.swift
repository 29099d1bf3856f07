import Foundation
import Kernel

struct SubmitScorecard: Codable, Sendable {
    let id: Identifier<Interview>
    let recommendation: Recommendation
    /// Criterion to points.
    let ratings: [String: Bounded<1, 5>]?
    let comment: Text<10000>?
}

extension Applications {
    func submitScorecard(_ input: SubmitScorecard, by member: Member) async throws(Failure) -> Scorecard {
        try await store.transaction(as: member) { tx in
            let (interview, subject) = try await openInterview(input.id, by: member, may: .writeScorecards, tx)
            guard interview.outcome != .canceled else { throw Failure.interviewOver }
            guard tx.caller.user.map(interview.interviewers.contains) ?? false else { throw Failure.notInterviewer }
            guard interview.startsAt <= tx.now else { throw Failure.interviewNotBegun }
            let card = Scorecard(
                id: Identifier(),
                interviewId: input.id,
                authorId: tx.caller.user,
                recommendation: input.recommendation,
                ratings: (input.ratings ?? [:]).mapValues(\.value),
                comment: input.comment?.value,
                createdAt: tx.now
            )
            try tx.queue(InterviewQueries.insert(card, application: interview.applicationId, tx))
            let cards = subject.cards + [ApplicationFact.Card(recommendation: card.recommendation, authorId: card.authorId)]
            let fact = ApplicationFact(subject.application, job: subject.job, cards: cards)
            try tx.append(
                ScorecardSubmitted(application: fact, interview: InterviewFact(interview), recommendation: card.recommendation)
            )
            return card
        }
    }
}
