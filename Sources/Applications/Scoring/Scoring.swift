package import ResumeParsing

/// Scores a profile against a job. The same input gives the same score on every machine and day, and every point is explained.
package enum Scoring {
    package static func score(_ profile: ScoredProfile, for job: JobRequirements, taxonomy: SkillTaxonomy = .standard) -> Score {
        let skills = SkillMatch(of: profile.skills, taxonomy: taxonomy)
        let verdicts: [(ScoreComponent.Kind, Verdict?)] = [
            (.requiredSkills, skills.verdict(on: job.requiredSkills, called: "required")),
            (.preferredSkills, skills.verdict(on: job.preferredSkills, called: "preferred")),
            (.title, TitleMatch(job.title).verdict(on: profile)),
            (.years, years(profile.years, job.minimumYears)),
            (.education, education(profile.education, job.education)),
            (.location, LocationMatch.verdict(profile.location, job)),
        ]
        let asked = verdicts.compactMap { kind, verdict in verdict.map { (kind, $0) } }
        let sum = asked.reduce(0) { $0 + max(0, job.weights[$1.0]) }
        var total = 0.0
        let components = asked.map { kind, verdict in
            // If all weights are zero, the parts count alike.
            let weight = sum > 0 ? max(0, job.weights[kind]) / sum : 1 / Double(asked.count)
            total += weight * verdict.score
            return verdict.component(kind, weight: weight)
        }
        return Score(total: Int(total.rounded()), components: components)
    }

    private static func years(_ years: Double?, _ minimum: Double?) -> Verdict? {
        guard let minimum, minimum > 0 else { return nil }
        let asked = "\(minimum.brief) years of experience"
        guard let years else { return Verdict(0, missing: [asked], "Asks for \(asked); the profile has no dated employment.") }
        if years >= minimum {
            return Verdict(100, matched: ["\(years.brief) years"], "\(years.brief) years meet the \(minimum.brief) asked for.")
        }
        return Verdict(100 * max(0, years) / minimum, missing: [asked], "\(years.brief) of the \(minimum.brief) years asked for.")
    }

    // One level below counts half: experience often makes up for it, which the recruiter can judge.
    private static func education(_ level: EducationLevel?, _ asked: EducationLevel?) -> Verdict? {
        guard let asked else { return nil }
        guard let level else { return Verdict(0, missing: [asked.phrase], "Asks for \(asked.phrase); the profile names no degree.") }
        if level >= asked { return Verdict(100, matched: [level.phrase], "Has \(level.phrase), as asked for or above.") }
        let levels = EducationLevel.allCases
        let isNext = levels.firstIndex(of: asked).map { levels[$0 - 1] == level } ?? false
        return Verdict(isNext ? 50 : 0, missing: [asked.phrase], "Has \(level.phrase); \(asked.phrase) is asked for.")
    }
}

/// A component without its weight.
struct Verdict {
    let score: Double
    let matched: [String]
    let missing: [String]
    let explanation: String

    init(_ score: Double, matched: [String] = [], missing: [String] = [], _ explanation: String) {
        // Nobody compares more than tenths; the rounding also hides the last bits of the division.
        self.score = (score * 10).rounded() / 10
        self.matched = matched
        self.missing = missing
        self.explanation = explanation
    }

    func component(_ kind: ScoreComponent.Kind, weight: Double) -> ScoreComponent {
        ScoreComponent(kind: kind, weight: weight, score: score, matched: matched, missing: missing, explanation: explanation)
    }
}

extension Double {
    var brief: String { self == rounded() && abs(self) < 1e6 ? "\(Int(self))" : "\((self * 10).rounded() / 10)" }
}

extension EducationLevel {
    fileprivate var phrase: String {
        switch self {
        case .highSchool: "a high school diploma"
        case .certificate: "a vocational certificate"
        case .associate: "an associate degree"
        case .bachelor: "a bachelor's degree"
        case .master: "a master's degree"
        case .doctorate: "a doctorate"
        }
    }
}
