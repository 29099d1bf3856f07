package import Foundation
package import Kernel
import Postgres

/// A meeting between a candidate and people of the employer.
package struct Interview: Codable, Sendable, Versioned {
    package let id: Identifier<Interview>
    package let applicationId: Identifier<Application>
    package let kind: InterviewKind
    package let startsAt: Date
    package let durationMinutes: Int
    package let location: String?
    package let meetingURL: String?
    package let interviewers: [Identifier<User>]
    package let message: String?
    package let outcome: InterviewOutcome
    package let feedback: String?
    package internal(set) var version: Int
    package let createdAt: Date
}

package enum InterviewKind: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case phone, video, onsite, technical, behavioral, panel
}

package enum InterviewOutcome: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case pending, passed, rejected
    case canceled = "cancelled"
}

package enum Recommendation: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case strongNo, no, yes, strongYes
}

/// What an interviewer thought of it, criterion by criterion.
package struct Scorecard: Codable, Sendable {
    package let id: Identifier<Scorecard>
    package let interviewId: Identifier<Interview>
    package let authorId: Identifier<User>?
    package let recommendation: Recommendation
    package let ratings: [String: Int]
    package let comment: String?
    package let createdAt: Date
}

/// Another interview that somebody has at the same time.
package struct InterviewClash: Codable, Sendable {
    package let interviewId: Identifier<Interview>
    /// Who can't be at both.
    package let userIds: [Identifier<User>]
    package let startsAt: Date
    package let endsAt: Date
}

/// An interview as its reader may see it: one flat object.
package struct InterviewView: Codable, Sendable {
    package let interview: Interview
    /// For members.
    package private(set) var scorecards: [Scorecard]?
    /// Of everybody for members, otherwise the reader's own.
    package private(set) var answers: [InterviewAnswer]?
    /// After scheduling or moving: what else the candidate and the interviewers have at that time.
    package private(set) var clashes: [InterviewClash]?

    init(
        interview: Interview,
        scorecards: [Scorecard]? = nil,
        answers: [InterviewAnswer]? = nil,
        clashes: [InterviewClash]? = nil
    ) {
        self.interview = interview
        self.scorecards = scorecards
        self.answers = answers
        self.clashes = clashes
    }
}

extension InterviewView: Versioned {
    package var version: Int { interview.version }
}

extension InterviewView {
    private enum CodingKeys: String, CodingKey {
        case scorecards, answers, clashes
    }

    package init(from decoder: any Decoder) throws {
        interview = try Interview(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        scorecards = try container.decodeIfPresent([Scorecard].self, forKey: .scorecards)
        answers = try container.decodeIfPresent([InterviewAnswer].self, forKey: .answers)
        clashes = try container.decodeIfPresent([InterviewClash].self, forKey: .clashes)
    }

    package func encode(to encoder: any Encoder) throws {
        try interview.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(scorecards, forKey: .scorecards)
        try container.encodeIfPresent(answers, forKey: .answers)
        try container.encodeIfPresent(clashes, forKey: .clashes)
    }
}
