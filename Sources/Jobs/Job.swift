package import Foundation
package import Kernel
import Postgres
package import ResumeParsing

/// A requisition: who is wanted, where, by whom, and what candidates are asked.
package struct Job: Codable, Sendable, Versioned {
    package let id: Identifier<Job>
    package let companyId: Identifier<Company>
    package let companyName: String
    package let pipelineId: Identifier<Pipeline>
    package let title: String
    package let description: String
    package let department: String?
    package let location: String?
    package let workplace: Workplace
    package let employmentType: EmploymentType
    package let openings: Int
    package let salary: SalaryRange?
    package internal(set) var requirements: Requirements
    package internal(set) var questions: List<Question, 50>
    package internal(set) var customFields: [String: JSON]
    package let channels: [String]
    package let status: JobStatus
    /// Known to its hiring team alone, and to the tenant's administrators. It is in no list for candidates, and takes no applications from
    /// people whom nobody invited.
    package internal(set) var isConfidential: Bool
    package internal(set) var version: Int
    package internal(set) var createdBy: Identifier<User>?
    package let createdAt: Date
    package internal(set) var updatedAt: Date
    package let publishedAt: Date?
    package let closesAt: Date?

    package func acceptsApplications(at moment: Date) -> Bool {
        status == .published && closesAt.map { moment < $0 } ?? true
    }
}

package enum JobStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case draft, published, paused, closed, archived

    /// A closed job can be published again; an archived one stays archived.
    func canBecome(_ next: JobStatus) -> Bool {
        switch self {
        case .draft: [.published, .archived].contains(next)
        case .published: [.paused, .closed].contains(next)
        case .paused: [.published, .closed].contains(next)
        case .closed: [.published, .archived].contains(next)
        case .archived: false
        }
    }
}

package enum Workplace: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case onsite, hybrid, remote
}

package enum EmploymentType: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case fullTime, partTime, contract, temporary, internship
}

/// Yearly, in minor units of the currency.
package struct SalaryRange: Codable, Sendable, Hashable {
    package let minimum: MinorUnits
    package let maximum: MinorUnits
    package let currency: Currency
}

/// What an application is scored against.
package struct Requirements: Codable, Sendable {
    /// How much each part counts in a score; only the proportions matter, and omitted parts keep their default.
    package struct Weights: Codable, Sendable {
        package let requiredSkills: Bounded<0, 1000>?
        package let preferredSkills: Bounded<0, 1000>?
        package let title: Bounded<0, 1000>?
        package let years: Bounded<0, 1000>?
        package let education: Bounded<0, 1000>?
        package let location: Bounded<0, 1000>?
    }

    package let requiredSkills: List<Text<80>, 50>
    package let preferredSkills: List<Text<80>, 50>
    package let minimumYears: Bounded<0, 60>?
    package let education: EducationLevel?
    package internal(set) var weights: Weights?

    static let none = Requirements(requiredSkills: .none, preferredSkills: .none, minimumYears: nil, education: nil, weights: nil)
}

extension List {
    static var none: Self { placeholder }
}

/// Asked of everybody who applies. An answer among `disqualifying` marks the application for rules and recruiters, but rejects nobody by
/// itself.
package struct Question: Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case text, yesNo, number, singleChoice
    }

    package let key: Text<60>
    package let text: Text<500>
    package let kind: Kind
    package let isRequired: Bool?
    package let options: List<Text<200>, 50>?
    package internal(set) var disqualifying: List<Text<200>, 50>?
}
