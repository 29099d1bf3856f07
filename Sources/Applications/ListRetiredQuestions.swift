package import Foundation
package import Jobs
import Kernel
import Postgres

struct ListRetiredQuestions: Codable, Sendable {
    let id: Identifier<Job>
}

/// A question that a job doesn't ask any more, or asks in other words, as people answered it.
package struct RetiredQuestion: Codable, Sendable {
    package let key: String
    package let text: String
    package let kind: Question.Kind?
    package let options: [String]?
    /// How many applications have an answer to it.
    package let answers: Int
    /// When the last of them came in.
    package let lastAnsweredAt: Date
}

extension Applications {
    /// Answers keep their questions, so nothing that was ever answered is lost from here.
    func listRetiredQuestions(_ input: ListRetiredQuestions, by member: Member) async throws(Failure) -> Items<RetiredQuestion> {
        let found = try await store.queries(
            as: member,
            [Jobs.statement(for: input.id, knownTo: member), ApplicationQueries.questionsAnswered(of: input.id, seenBy: member)]
        )
        let job = try Jobs.job(found[0])
        guard member.scope(.viewApplications).contains(job.companyId) else { throw .jobNotFound }
        let asked = job.questions.elements
        return Items(
            try found[1].decoded(RetiredQuestion.init).filter { question in
                !asked.contains { $0.key.value == question.key && $0.text.value == question.text && $0.kind == question.kind ?? $0.kind }
            }
        )
    }
}

extension RetiredQuestion {
    init(_ row: Row) throws {
        self.init(
            key: try row("key"),
            text: try row("text"),
            kind: (try row("kind") as String?).flatMap(Question.Kind.init),
            options: try row.raw("options") == nil ? nil : row.json("options"),
            answers: try row("answers"),
            lastAnsweredAt: try row("last_answered_at")
        )
    }
}
