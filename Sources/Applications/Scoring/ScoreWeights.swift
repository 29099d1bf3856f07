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

    /// The standard weights with some replaced, by the names of the components. Nil if a name is unknown or the result is not valid.
    package init?(replacing weights: [String: Double]) {
        self.init()
        for (name, weight) in weights {
            guard let kind = ScoreComponent.Kind(rawValue: name) else { return nil }
            self[kind] = weight
        }
        if !areValid { return nil }
    }

    package static let standard = ScoreWeights()

    /// None negative, none beyond 1000, one at least above zero.
    package var areValid: Bool {
        let all = ScoreComponent.Kind.allCases.map { self[$0] }
        return all.allSatisfy { $0 >= 0 && $0 <= 1000 } && all.contains { $0 > 0 }
    }

    package subscript(_ kind: ScoreComponent.Kind) -> Double {
        get { self[keyPath: Self.path(of: kind)] }
        set { self[keyPath: Self.path(of: kind)] = newValue }
    }

    private static func path(of kind: ScoreComponent.Kind) -> WritableKeyPath<Self, Double> {
        switch kind {
        case .requiredSkills: \.requiredSkills
        case .preferredSkills: \.preferredSkills
        case .title: \.title
        case .years: \.years
        case .education: \.education
        case .location: \.location
        }
    }
}
