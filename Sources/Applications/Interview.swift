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

/// An interview as its reader may see it, with the scorecards for members: one flat object.
package struct InterviewView: Codable, Sendable {
    package let interview: Interview
    package let scorecards: [Scorecard]?

    init(interview: Interview, scorecards: [Scorecard]?) {
        self.interview = interview
        self.scorecards = scorecards
    }
}

extension InterviewView {
    private enum CodingKeys: String, CodingKey {
        case scorecards
    }

    package init(from decoder: any Decoder) throws {
        interview = try Interview(from: decoder)
        scorecards = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent([Scorecard].self, forKey: .scorecards)
    }

    package func encode(to encoder: any Encoder) throws {
        try interview.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(scorecards, forKey: .scorecards)
    }
}
