import Foundation

/// Skills listed in their section, by the taxonomy's names if it knows them, and skills that the rest of the resume mentions.
struct SkillsReader {
    let sections: ResumeSections
    let taxonomy: SkillTaxonomy

    func skills() -> [ResumeSkill] {
        var skills: [ResumeSkill] = []
        var seen: Set<String> = []
        func add(_ name: String, _ category: SkillCategory?, _ confidence: Double) {
            guard category != .language, skills.count < ParsingLimits.skills, seen.insert(name.folded).inserted else { return }
            skills.append(ResumeSkill(name: name, category: category, confidence: confidence))
        }
        for item in sections.lines(of: .skills).flatMap({ Self.items(of: $0.text) }) {
            if let skill = taxonomy.skill(named: item) {
                add(skill.name, skill.category, 0.97)
                continue
            }
            let named = taxonomy.find(in: item)
            for skill in named { add(skill.name, skill.category, 0.9) }
            // Not in the taxonomy: if it is short enough to be a name, it is kept as written.
            if named.isEmpty, Self.isName(item) { add(item, nil, 0.6) }
        }
        for kind in [SectionKind.experience, .certifications, .summary, .other, .top] {
            let text = sections.lines(of: kind).map(\.text).joined(separator: "\n")
            for skill in taxonomy.find(in: text) { add(skill.name, skill.category, kind == .experience ? 0.8 : 0.7) }
        }
        return skills
    }

    private static func items(of line: String) -> [String] {
        // "Databases: Redis, MySQL": the label isn't a skill.
        let colon = line.firstIndex(of: ":")
        let list = colon.map { line[line.index(after: $0)...] } ?? line[...]
        return list.split { ",;|•·\t".contains($0) }.map(withoutLevel).filter { !$0.isEmpty && SpokenLanguages.name(in: $0.folded) == nil }
    }

    /// "Python (expert)", "Java – 5 years"
    private static func withoutLevel(_ item: Substring) -> String {
        var item = item.trimmed(of: [".", "-", "–", "*"])
        for mark in [" (", " – ", " - "] {
            if let range = item.range(of: mark), levels.contains(where: item[range.upperBound...].folded.contains) {
                item = String(item[..<range.lowerBound])
            }
        }
        return item
    }

    private static func isName(_ item: String) -> Bool {
        let words = item.split(separator: " ")
        return words.count <= 4 && item.count <= 40 && item.utf8.count <= ParsingLimits.field && item.count > 1
            && item.contains(where: \.isLetter)
    }

    private static let levels = [
        "year", "expert", "advanced", "intermediate", "beginner", "basic", "proficient", "familiar", "fluent", "jahre", "excellent", "good",
    ]
}
