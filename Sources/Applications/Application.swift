package import Candidates
package import Foundation
package import Jobs
package import Kernel
package import Resumes

/// A candidate's application to one job: its place in the pipeline, the answers, and the score.
package struct Application: Codable, Sendable, Versioned {
    package let id: Identifier<Application>
    package let jobId: Identifier<Job>
    package let jobTitle: String
    package let companyId: Identifier<Company>
    package let companyName: String
    package let pipelineId: Identifier<Pipeline>
    package let candidateId: Identifier<User>
    package internal(set) var applicant: Applicant
    package let resumeId: Identifier<Resume>?
    /// The stage's key.
    package let status: String
    package let stageName: String
    package let category: StageCategory
    package let atsScore: Int?
    package internal(set) var rating: Double?
    package internal(set) var ratings: Int
    package internal(set) var tags: [String]
    package internal(set) var coverLetter: String?
    package internal(set) var answers: [GivenAnswer]
    /// Keys of the questions with a disqualifying answer.
    package internal(set) var disqualifiedBy: [String]
    /// Where the candidate came from, in their own or the posting's words.
    package let source: String?
    package internal(set) var version: Int
    package let appliedAt: Date
    /// When it entered its stage.
    package let movedAt: Date
    package internal(set) var updatedAt: Date
}

package struct Answer: Codable, Sendable {
    package let key: Text<60>
    package let value: Text<5000>
}

/// An answer with its question as it was asked: what the job asks today may be another one.
package struct GivenAnswer: Codable, Sendable {
    package let key: String
    package let value: String
    /// The question's text; absent if the question was gone before answers kept theirs.
    package let question: String?
    package let kind: Question.Kind?
    package let options: [String]?
    /// The answers that mark an application; shown to members only.
    package internal(set) var disqualifying: [String]?
}

extension Application {
    /// It can no longer lead to a hire.
    var isOver: Bool { category == .rejected || category == .withdrawn }

    /// Whether the reader sees it from the employer's side. Somebody who applies to their own company is a candidate there like any other.
    func isOpenToEmployer(_ reader: Reader) -> Bool {
        candidateId != reader.user && reader.member?.scope(.viewApplications).contains(companyId) ?? false
    }

    /// The stages that a member may move it to now.
    func moves(in pipeline: Pipeline) -> [String] {
        pipeline.stages.filter { $0.retiredAt == nil && Self.can(category, at: status, moveTo: $0) }.map(\.key)
    }

    /// The rules of the pipeline: an open application moves to any other stage; only an offer becomes a hire; a rejection can be taken
    /// back; a hire and a withdrawal are final; only the candidate withdraws.
    package static func can(_ category: StageCategory, at status: String, moveTo stage: Stage) -> Bool {
        guard stage.key != status, stage.category != .withdrawn else { return false }
        return switch category {
        case .hired, .withdrawn: false
        case .rejected: !stage.category.isFinal
        case .offer: true
        case .applied, .screening, .assessment, .interview: stage.category != .hired
        }
    }
}

extension Answer {
    /// Checks the answers against the job's questions, which they keep from now on.
    static func check(_ answers: [Answer], against questions: [Question]) throws(Failure) -> CheckedAnswers {
        var problems: [String: String] = [:]
        var given: [String: String] = [:]
        for (index, answer) in answers.enumerated() {
            guard questions.contains(where: { $0.key == answer.key }),
                given.updateValue(answer.value.value, forKey: answer.key.value) == nil
            else {
                problems["answers.\(index).key"] = "Is not a question of this job, or is answered twice."
                continue
            }
        }
        for question in questions {
            guard let value = given[question.key.value] else {
                if question.isRequired ?? true { problems["answers.\(question.key.value)"] = "Is required." }
                continue
            }
            if let problem = question.problem(with: value) { problems["answers.\(question.key.value)"] = problem }
        }
        guard problems.isEmpty else { throw .validation(problems) }
        let disqualifying = questions.filter { question in
            let value = given[question.key.value]?.lowercased()
            return question.disqualifying?.elements.contains { $0.value.lowercased() == value } ?? false
        }
        return CheckedAnswers(
            given: answers.map { answer in GivenAnswer(answer, to: questions.first { $0.key == answer.key }) },
            disqualifiedBy: disqualifying.map(\.key.value)
        )
    }
}

/// Answers that fit their questions.
struct CheckedAnswers: Sendable {
    let given: [GivenAnswer]
    /// Keys of the questions with a disqualifying answer.
    let disqualifiedBy: [String]
}

extension GivenAnswer {
    init(_ answer: Answer, to question: Question?) {
        self.init(
            key: answer.key.value,
            value: answer.value.value,
            question: question?.text.value,
            kind: question?.kind,
            options: question?.options?.elements.map(\.value),
            disqualifying: question?.disqualifying?.elements.map(\.value)
        )
    }
}

extension Question {
    fileprivate func problem(with value: String) -> String? {
        switch kind {
        case .text: nil
        case .yesNo: ["yes", "no"].contains(value.lowercased()) ? nil : "Must be yes or no."
        case .number: Double(value)?.isFinite ?? false ? nil : "Must be a number."
        case .singleChoice:
            options?.elements.contains { $0.value == value } ?? false ? nil : "Must be one of the options."
        }
    }
}
