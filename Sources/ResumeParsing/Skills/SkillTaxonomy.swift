/// The known skills, with the other names that people use for them. Finds them in running text, and gives one name to what two people write
/// differently.
package struct SkillTaxonomy: Sendable {
    package static let standard = SkillTaxonomy(lists: SkillLists.all)

    /// Every skill once, in the order of the lists.
    package let skills: [Skill]

    private struct Wording: Sendable {
        let keys: [String]
        let skill: Int
        /// Also an everyday word: counts only in this spelling and only in a list.
        let exact: String?
    }

    private let wordings: [String: [Wording]]
    private let broader: [String: [String]]

    /// A line is `Name = alias, alias > broader skill, broader skill`; an exclamation mark after a name or an alias marks an everyday word
    /// that counts only in its exact spelling and in a list, like "Go!".
    init(lists: [(SkillCategory, String)]) {
        var skills: [Skill] = []
        var wordings: [String: [Wording]] = [:]
        var broader: [String: [String]] = [:]
        for (category, list) in lists {
            for line in list.split(separator: "\n") {
                let sides = line.split(separator: ">").map(\.trimmed)
                let names = sides[0].split { $0 == "=" || $0 == "," }.map(\.trimmed)
                let name = names[0].trimmed(of: ["!"])
                if sides.count > 1 { broader[name] = sides[1].split(separator: ",").map(\.trimmed) }
                for wording in names {
                    let spelling = wording.trimmed(of: ["!"])
                    let keys = SkillToken.tokens(of: spelling).map(\.key)
                    let exact = wording.hasSuffix("!") ? spelling : nil
                    wordings[keys[0], default: []].append(Wording(keys: keys, skill: skills.count, exact: exact))
                }
                skills.append(Skill(name: name, category: category))
            }
        }
        self.skills = skills
        self.broader = broader
        // The longest wording wins: "React Native" before "React".
        self.wordings = wordings.mapValues { $0.sorted { $0.keys.count > $1.keys.count } }
    }

    /// The skills that a text names, each once, in the order of their first mention.
    package func find(in text: String) -> [Skill] {
        let tokens = SkillToken.tokens(of: text)
        var found: [Skill] = []
        var seen: Set<Int> = []
        var index = 0
        while index < tokens.count {
            guard let wording = wording(at: index, in: tokens) else {
                index += 1
                continue
            }
            if seen.insert(wording.skill).inserted { found.append(skills[wording.skill]) }
            index += wording.keys.count
        }
        return found
    }

    /// The skill that a whole text names, in any of its wordings: "k8s", "Postgres".
    package func skill(named text: String) -> Skill? {
        let tokens = SkillToken.tokens(of: text)
        guard let first = tokens.first else { return nil }
        let keys = tokens.map(\.key)
        return wordings[first.key]?.first { $0.keys == keys }.map { skills[$0.skill] }
    }

    /// What anyone with a skill can also do: PostgreSQL includes SQL. Names, all the way up.
    package func included(in name: String) -> [String] {
        var names: [String] = []
        var open = broader[name] ?? []
        while let next = open.popLast() {
            guard !names.contains(next) else { continue }
            names.append(next)
            open += broader[next] ?? []
        }
        return names
    }

    private func wording(at index: Int, in tokens: [SkillToken]) -> Wording? {
        wordings[tokens[index].key]?.first { wording in
            let end = index + wording.keys.count
            guard end <= tokens.count, zip(wording.keys, tokens[index..<end]).allSatisfy({ $0 == $1.key }) else { return false }
            return wording.exact.map { isListed($0, index..<end, tokens) } ?? true
        }
    }

    private func isListed(_ exact: String, _ range: Range<Int>, _ tokens: [SkillToken]) -> Bool {
        let words = tokens[range].map(\.text).joined(separator: " ")
        guard words == exact else { return false }
        let before = range.lowerBound > 0 ? tokens[range.lowerBound - 1].key : ""
        let after = range.upperBound < tokens.count ? tokens[range.upperBound].key : ""
        let opens = tokens[range.lowerBound].opens || Self.before.contains(before)
        let closes = tokens[range.upperBound - 1].closes || Self.after.contains(after)
        return opens && closes
    }

    private static let before: Set<String> = [
        "and", "or", "in", "with", "using", "of", "to", "on", "und", "mit", "y", "et", "six", "several", "into",
    ]
    private static let after: Set<String> = [
        "and", "or", "on", "for", "services", "service", "developer", "engineer", "programming", "language", "backend", "microservices",
        "to",
        "applications", "code", "und", "y", "et", "skills", "with", "in", "framework",
    ]
}
