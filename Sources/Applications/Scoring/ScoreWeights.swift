/// How much each part of the score counts for a job. Only the proportions matter; a part that a job asks nothing of is left out.
package struct ScoreWeights: Codable, Hashable, Sendable {
    package var requiredSkills: Double
    package var preferredSkills: Double
    package var title: Double
    package var years: Double
    package var education: Double
    package var location: Double

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

    /// None negative, none beyond 1000, one at least above zero.
    package var areValid: Bool {
        let all = ScoreComponent.Kind.allCases.map { self[$0] }
        return all.allSatisfy { $0 >= 0 && $0 <= 1000 } && all.contains { $0 > 0 }
    }

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
