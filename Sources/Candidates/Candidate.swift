import Foundation
import Identity
package import Kernel
import Postgres
package import ResumeParsing

/// A candidate's profile in their own words; what they left out comes from their latest resume.
package struct CandidateProfile: Codable, Sendable, Versioned {
    package let id: Identifier<User>
    package let name: String
    package let headline: String?
    package let summary: String?
    package let location: String?
    package let skills: [String]
    package let yearsOfExperience: Double?
    package let experience: [WorkExperience]
    package let education: [EducationRecord]
    package let preferences: Preferences
    package let jobSearchMode: JobSearchMode
    /// Who finds them besides those they applied to; shown to nobody else.
    package let visibility: Visibility?
    package let contact: ContactData
    package let version: Int
    /// Other ids of this candidate from before they were merged; shown to members only.
    package internal(set) var mergedIds: [Identifier<User>]?
    /// What the member's companies noted when they added this candidate; shown to members only.
    package internal(set) var added: [AddedRecord]?
}

package enum JobSearchMode: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case active, passive
    /// Employers don't find the candidate.
    case hidden
}

/// Which employers know of a candidate.
package enum Visibility: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    /// Only companies that they applied to.
    case `private`
    /// All companies of the tenant, if it lets them search for candidates.
    case pool
}

package struct Preferences: Codable, Sendable {
    package let titles: List<Text<100>, 20>?
    package let locations: List<Text<100>, 20>?
    package let remoteOnly: Bool?
    /// Yearly, in minor units.
    package let minimumSalary: Money?

    static let none = Preferences(titles: nil, locations: nil, remoteOnly: nil, minimumSalary: nil)
}

/// How to reach a candidate. Employers see it masked until the candidate has applied to them, unless they added the candidate themselves.
package struct ContactData: Codable, Sendable {
    /// Absent if nobody knows one: only somebody whom a company added can have none.
    package let email: String?
    package let phones: [String]
    package let isMasked: Bool

    package init(email: String?, phones: [String], isMasked: Bool) {
        self.email = email.flatMap { $0.isEmpty ? nil : $0 }
        // In the order in which they were found, each once.
        var seen: Set<String> = []
        self.phones = phones.filter { seen.insert($0.filter(\.isNumber)).inserted }
        self.isMasked = isMasked
    }

    /// `ada@example.com` becomes `a•••@e•••.com`, a phone number keeps its last two digits.
    var masked: ContactData {
        ContactData(
            email: email.map { email in
                let parts = email.split(separator: "@", maxSplits: 1)
                let host = parts.last ?? ""
                let ending = host.split(separator: ".").last ?? ""
                return "\(parts.first?.prefix(1) ?? "")•••@\(host.prefix(1))•••.\(ending)"
            },
            phones: phones.map { "•••\($0.suffix(2))" },
            isMasked: true
        )
    }
}

/// What an application remembers of the candidate as they were when they applied, and what is scored.
package struct Applicant: Codable, Sendable {
    package let name: String
    package let headline: String?
    package let location: String?
    package let skills: [String]
    package let titles: [String]
    package let yearsOfExperience: Double?
    package let education: EducationLevel?
    /// False while the resume is still being read.
    package let isComplete: Bool

    package init(
        name: String,
        headline: String?,
        location: String?,
        skills: [String],
        titles: [String],
        yearsOfExperience: Double?,
        education: EducationLevel?,
        isComplete: Bool
    ) {
        self.name = name
        self.headline = headline
        self.location = location
        self.skills = skills
        self.titles = titles
        self.yearsOfExperience = yearsOfExperience
        self.education = education
        self.isComplete = isComplete
    }
}

extension CandidateProfile {
    /// The person's own words first, then the resume's.
    init(_ user: UserSummary, _ stored: StoredProfile?, _ parsed: ParsedResume?, phones: [String] = []) {
        self.init(
            id: user.id,
            name: user.name,
            headline: stored?.headline ?? parsed?.headline?.value,
            summary: stored?.summary ?? parsed?.summary?.value,
            location: stored?.location ?? parsed?.location?.value,
            skills: stored?.skills ?? parsed?.skills.map(\.name) ?? [],
            yearsOfExperience: parsed?.totalYearsOfExperience?.value,
            experience: parsed?.experience ?? [],
            education: parsed?.education ?? [],
            preferences: stored?.preferences ?? .none,
            jobSearchMode: stored?.jobSearchMode ?? .passive,
            visibility: stored?.visibility ?? .private,
            contact: ContactData(email: user.email, phones: phones + (parsed?.phones.map(\.value) ?? []), isMasked: false),
            version: stored?.version ?? 0
        )
    }

    /// Its version covers only what is shown: the candidate's own also counts changes that only they see.
    func seenByEmployer(withContact isGiven: Bool) -> CandidateProfile {
        func masked(version: Int) -> CandidateProfile {
            CandidateProfile(
                id: id,
                name: ContactMask.masked(name),
                headline: ContactMask.masked(headline),
                summary: ContactMask.masked(summary),
                location: ContactMask.masked(location),
                skills: skills.map(ContactMask.masked),
                yearsOfExperience: yearsOfExperience,
                experience: experience.map(\.masked),
                education: education.map(\.masked),
                preferences: .none,
                jobSearchMode: jobSearchMode,
                visibility: nil,
                contact: isGiven ? contact : contact.masked,
                version: version
            )
        }
        return masked(version: visibleVersion(of: masked(version: 0)))
    }
}

extension WorkExperience {
    fileprivate var masked: WorkExperience {
        var seen = self
        seen.employer = ContactMask.masked(employer)
        seen.title = ContactMask.masked(title)
        seen.location = ContactMask.masked(location)
        seen.bullets = bullets.map(ContactMask.masked)
        return seen
    }
}

extension EducationRecord {
    fileprivate var masked: EducationRecord {
        var seen = self
        seen.institution = ContactMask.masked(institution)
        seen.degree = ContactMask.masked(degree)
        seen.field = ContactMask.masked(field)
        return seen
    }
}
