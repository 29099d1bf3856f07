/// Compares job titles by what the job is and by its seniority. The latest title and the headline count in full, earlier ones less.
struct TitleMatch {
    private let title: String
    private let words: Set<String>
    private let rank: Int

    init(_ title: String) {
        self.title = title
        let all = Self.words(of: title)
        rank = all.compactMap { Self.ranks[$0] }.max() ?? 2
        let core = all.filter { Self.ranks[$0] == nil || Self.jobs.contains($0) }
        words = Set((core.isEmpty ? all : core).map { Self.synonyms[$0] ?? $0 })
    }

    func verdict(on profile: ScoredProfile) -> Verdict? {
        guard !words.isEmpty else { return nil }
        var best: (title: String, score: Double)?
        // An earlier job shows the same skill, but longer ago.
        let held = profile.titles.prefix(10).enumerated().map { ($1, $0 == 0 ? 1 : 0.8) }
        for (candidate, recency) in held + [(profile.headline, 1.0)].compactMap({ title, weight in title.map { ($0, weight) } }) {
            let score = recency * similarity(to: TitleMatch(candidate))
            if score > best?.score ?? -1 { best = (candidate, score) }
        }
        guard let best else { return Verdict(0, missing: [title], "The profile names no job title.") }
        let verdict = best.score >= 0.85 ? "matches" : best.score >= 0.4 ? "is close to" : "differs from"
        let explanation = "\"\(best.title)\" \(verdict) \"\(title)\"."
        return Verdict(
            100 * best.score,
            matched: best.score >= 0.4 ? [best.title] : [],
            missing: best.score >= 0.4 ? [] : [title],
            explanation
        )
    }

    /// 85 % for the job, 15 % for its seniority, a third of which each step below costs.
    private func similarity(to other: TitleMatch) -> Double {
        let shared = Double(words.intersection(other.words).count) / Double(words.count)
        guard shared > 0 else { return 0 }
        let steps = Double(max(0, rank - other.rank))
        return 0.85 * shared + 0.15 * max(0, 1 - steps / 3)
    }

    private static func words(of title: String) -> [String] {
        let words = title.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "#" && $0 != "." }.map(String.init)
        var joined: [String] = []
        for word in words where !fillers.contains(word) {
            // "Front End" and "Full Stack" are just as often written as one word.
            if let last = joined.last, word == "end" || word == "stack" {
                joined[joined.count - 1] = last + word
            } else {
                joined.append(word)
            }
        }
        return joined
    }

    private static let fillers: Set<String> = [
        "of", "and", "the", "for", "in", "a", "m", "f", "d", "w", "x", "ii", "iii", "i", "to", "registered", "certified", "chartered",
    ]

    private static let ranks: [String: Int] = [
        "intern": 0, "trainee": 0, "apprentice": 0, "junior": 1, "jr": 1, "jr.": 1, "graduate": 1, "assistant": 1, "senior": 3, "sr": 3,
        "sr.": 3,
        "experienced": 3, "lead": 4, "staff": 4, "principal": 4, "head": 5, "manager": 4, "director": 5, "vp": 6, "vice": 6, "president": 6,
        "chief": 7, "cto": 7, "ceo": 7, "cfo": 7,
    ]

    /// Ranks that are job names as well.
    private static let jobs: Set<String> = ["manager", "director", "assistant", "intern", "president", "cto", "ceo", "cfo", "head"]

    private static let synonyms: [String: String] = [
        "developer": "engineer", "programmer": "engineer", "coder": "engineer", "dev": "engineer", "swe": "engineer",
        "engineering": "engineer",
        "front": "frontend", "back": "backend", "nursing": "nurse", "head": "director", "accounting": "accountant",
        "salesperson": "sales", "seller": "sales", "recruiting": "recruiter", "qa": "quality", "tester": "quality", "hr": "people",
        "human": "people", "personnel": "people", "administrative": "admin", "administrator": "admin", "designers": "designer",
    ]
}
