/// How much each part of the score counts for a job. Only the proportions matter; parts for which a job has no requirement are left out.
package struct ScoreWeights: Codable, Hashable, Sendable {
    package let requiredSkills: Double
    package let preferredSkills: Double
    package let title: Double
    package let years: Double
    package let education: Double
    package let location: Double

    package init(
        requiredSkills: Double = 40,
        preferredSkills: Double = 10,
        title: Double = 20,
        years: Double = 15,
        education: Double = 10,
        location: Double = 5
    ) {
        self.requiredSkills = requiredSkills
        self.preferredSkills = preferredSkills
        self.title = title
        self.years = years
        self.education = education
        self.location = location
    }

    package static let standard = ScoreWeights()

    package subscript(_ kind: ScoreComponent.Kind) -> Double {
        switch kind {
        case .requiredSkills: requiredSkills
        case .preferredSkills: preferredSkills
        case .title: title
        case .years: years
        case .education: education
        case .location: location
        }
    }
}
