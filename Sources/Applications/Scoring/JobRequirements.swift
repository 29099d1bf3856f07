package import ResumeParsing

/// What a job asks for, as far as it can be compared with a profile.
package struct JobRequirements: Codable, Hashable, Sendable {
    package var title: String
    package var requiredSkills: [String]
    package var preferredSkills: [String]
    package var minimumYears: Double?
    package var education: EducationLevel?
    package var location: String?
    package var isRemote: Bool
    package var weights: ScoreWeights

    package init(
        title: String,
        requiredSkills: [String] = [],
        preferredSkills: [String] = [],
        minimumYears: Double? = nil,
        education: EducationLevel? = nil,
        location: String? = nil,
        isRemote: Bool = false,
        weights: ScoreWeights = .standard
    ) {
        self.title = title
        self.requiredSkills = requiredSkills
        self.preferredSkills = preferredSkills
        self.minimumYears = minimumYears
        self.education = education
        self.location = location
        self.isRemote = isRemote
        self.weights = weights
    }
}
