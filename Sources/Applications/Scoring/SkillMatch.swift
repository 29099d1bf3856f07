import ResumeParsing

/// Compares skills by the taxonomy's names, so "k8s" matches "Kubernetes", and counts what a skill includes: PostgreSQL matches SQL.
struct SkillMatch {
    private let taxonomy: SkillTaxonomy
    /// The skills that count, under their comparable names, with the skill that each comes from.
    private var sources: [String: String] = [:]

    init(of skills: [String], taxonomy: SkillTaxonomy) {
        self.taxonomy = taxonomy
        for skill in skills {
            for name in names(of: skill) where sources[name.lowercased()] == nil { sources[name.lowercased()] = skill }
        }
        for skill in skills {
            for name in names(of: skill).flatMap(taxonomy.included) where sources[name.lowercased()] == nil {
                sources[name.lowercased()] = skill
            }
        }
    }

    func verdict(on asked: [String], called adjective: String) -> Verdict? {
        var seen: Set<String> = []
        let asked = asked.filter { !$0.allSatisfy(\.isWhitespace) && seen.insert($0.lowercased()).inserted }
        guard !asked.isEmpty else { return nil }
        let matched = asked.filter { source(of: $0) != nil }
        let missing = asked.filter { source(of: $0) == nil }
        let noun = asked.count == 1 ? "skill" : "skills"
        let detail = missing.isEmpty ? "" : " Missing: \(missing.joined(separator: ", "))."
        let included = matched.compactMap(inclusion).joined(separator: " ")
        let explanation = "\(matched.count) of \(asked.count) \(adjective) \(noun).\(detail)\(included.isEmpty ? "" : " " + included)"
        return Verdict(100 * Double(matched.count) / Double(asked.count), matched: matched, missing: missing, explanation)
    }

    private func source(of asked: String) -> String? {
        names(of: asked).lazy.compactMap { sources[$0.lowercased()] }.first
    }

    /// Names the skill that a match rests on if it isn't the one asked for.
    private func inclusion(_ asked: String) -> String? {
        guard let source = source(of: asked), Set(names(of: source)).isDisjoint(with: names(of: asked)) else { return nil }
        return "\(asked) by way of \(source)."
    }

    /// The taxonomy's name, the names found within a longer wording, or the wording itself.
    private func names(of skill: String) -> [String] {
        if let known = taxonomy.skill(named: skill) { return [known.name] }
        let found = taxonomy.find(in: skill).map(\.name)
        return found.isEmpty ? [skill.split(separator: " ").joined(separator: " ")] : found
    }
}
