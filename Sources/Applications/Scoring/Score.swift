/// How well a profile meets what a job asks for, 0...100, with an explanation.
package struct Score: Codable, Hashable, Sendable {
    package let total: Int
    package let components: [ScoreComponent]

    package init(total: Int, components: [ScoreComponent]) {
        self.total = total
        self.components = components
    }
}

/// One part of the score, in words that a recruiter and a candidate may both read.
package struct ScoreComponent: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case requiredSkills
        case preferredSkills
        case title
        case years
        case education
        case location
    }

    package let kind: Kind
    /// The share of the total that this part decides, 0...1; the shares of a score add up to one. Only for the employer.
    package let weight: Double?
    /// 0...100
    package let score: Double
    package let matched: [String]
    package let missing: [String]
    package let explanation: String

    var unweighted: ScoreComponent {
        ScoreComponent(kind: kind, weight: nil, score: score, matched: matched, missing: missing, explanation: explanation)
    }
}
