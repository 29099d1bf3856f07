package import ResumeParsing

/// What enters the score. Name, contact, age, photo and the like are not here, so they can't.
package struct ScoredProfile: Codable, Hashable, Sendable {
    package var headline: String?
    /// Latest first.
    package var titles: [String]
    package var skills: [String]
    package var years: Double?
    package var education: EducationLevel?
    package var location: String?

    package init(
        headline: String? = nil,
        titles: [String] = [],
        skills: [String] = [],
        years: Double? = nil,
        education: EducationLevel? = nil,
        location: String? = nil
    ) {
        self.headline = headline
        self.titles = titles
        self.skills = skills
        self.years = years
        self.education = education
        self.location = location
    }

    package init(_ resume: ParsedResume) {
        self.init(
            headline: resume.headline?.value,
            titles: resume.experience.compactMap(\.title),
            skills: resume.skills.map(\.name) + resume.languages.map(\.language) + resume.certifications.map(\.value),
            years: resume.totalYearsOfExperience?.value,
            education: resume.education.compactMap(\.level).max(),
            location: resume.location?.value
        )
    }
}
