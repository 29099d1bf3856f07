/// What was read from a resume: a proposal for the person to confirm, never a fact. Everything has a confidence.
package struct ParsedResume: Codable, Hashable, Sendable {
    package var name: Confident<String>?
    package var headline: Confident<String>?
    package var location: Confident<String>?
    package var summary: Confident<String>?
    package var emails: [Confident<String>] = []
    /// In E.164.
    package var phones: [Confident<String>] = []
    package var links: [ProfileLink] = []
    package var skills: [ResumeSkill] = []
    /// In the resume's order, which is nearly always latest first.
    package var experience: [WorkExperience] = []
    package var education: [EducationRecord] = []
    package var languages: [SpokenLanguage] = []
    package var certifications: [Confident<String>] = []
    package var totalYearsOfExperience: Confident<Double>?

    package init() {}
}

/// A value with the confidence of its reading, 0...1.
package struct Confident<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    package var value: Value
    package var confidence: Double

    package init(_ value: Value, _ confidence: Double) {
        self.value = value
        self.confidence = (min(max(confidence, 0), 1) * 100).rounded() / 100
    }
}

package struct ProfileLink: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case linkedin
        case github
        case web
    }

    package var kind: Kind
    package var url: String
    package var confidence: Double
}

package struct ResumeSkill: Codable, Hashable, Sendable {
    /// The taxonomy's name if it knows the skill, else the resume's own words.
    package var name: String
    package var category: SkillCategory?
    package var confidence: Double
}

package struct WorkExperience: Codable, Hashable, Sendable {
    package var employer: String?
    package var title: String?
    package var location: String?
    package var startDate: PartialDate?
    package var endDate: PartialDate?
    package var isCurrent = false
    package var bullets: [String] = []
    package var confidence = 0.0
}

package struct EducationRecord: Codable, Hashable, Sendable {
    package var institution: String?
    package var degree: String?
    package var level: EducationLevel?
    package var field: String?
    package var startDate: PartialDate?
    package var endDate: PartialDate?
    package var confidence = 0.0
}

package struct SpokenLanguage: Codable, Hashable, Sendable {
    package var language: String
    /// In the resume's words: "fluent", "C1", "Muttersprache".
    package var level: String?
    package var confidence: Double
}
