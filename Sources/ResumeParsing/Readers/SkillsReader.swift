import Foundation

/// Skills listed in their section, in the resume's own words unless they only spell the taxonomy's name differently, and skills that the rest
/// of the resume mentions.
struct SkillsReader {
    let sections: ResumeSections
    let taxonomy: SkillTaxonomy

    func skills() -> [ResumeSkill] {
        var skills: [ResumeSkill] = []
        var seen: Set<String> = []
        // "MariaDB" in the list covers the "MySQL" that it also stands for where that is only mentioned.
        var covered: Set<String> = []
        func add(_ name: String, _ category: SkillCategory?, _ confidence: Double) {
            guard category != .language, skills.count < ParsingLimits.skills, seen.insert(name.folded).inserted else { return }
            skills.append(ResumeSkill(name: name, category: category, confidence: confidence))
        }
        for line in sections.lines(of: .skills) {
            for item in SkillItems(taxonomy: taxonomy).items(of: line.text) {
                if let skill = taxonomy.skill(named: item) {
                    add(skill.isSpelled(item) ? skill.name : item, skill.category, 0.97)
                    covered.insert(skill.name)
                    continue
                }
                let named = taxonomy.find(in: item)
                if SkillItems.isName(item), named.count <= 1 {
                    add(item, named.first?.category, named.isEmpty ? 0.6 : 0.9)
                    if let skill = named.first { covered.insert(skill.name) }
                } else {
                    for skill in named { add(skill.name, skill.category, 0.9) }
                }
            }
        }
        for kind in [SectionKind.experience, .certifications, .summary, .other, .top] {
            let text = sections.lines(of: kind).map(\.text).joined(separator: "\n")
            for skill in taxonomy.find(in: text) where !covered.contains(skill.name) {
                add(skill.name, skill.category, kind == .experience ? 0.8 : 0.7)
            }
        }
        return skills
    }
}

extension Skill {
    /// Whether other words are only another spelling of the name: "Postgres", "node js", "Excel", "golang". "MariaDB" is something else than
    /// the "MySQL" that it matches.
    fileprivate func isSpelled(_ words: String) -> Bool {
        let (mine, theirs) = (name.lettersAndDigits, words.lettersAndDigits)
        if mine == theirs || mine.hasSuffix(theirs) || mine.hasPrefix(theirs) { return true }
        if theirs.hasPrefix(mine), ["lang", "language", "js", "db", "platform"].contains(String(theirs.dropFirst(mine.count))) {
            return true
        }
        if theirs.hasPrefix(mine), theirs.dropFirst(mine.count).allSatisfy(\.isNumber) { return true }
        if mine.count <= 4, words.foldedWords.compactMap(\.first).elementsEqual(mine) { return true }
        // "k8s"
        if let first = theirs.first, let last = theirs.last, theirs.count >= 3, let hidden = Int(theirs.dropFirst().dropLast()) {
            return mine.first == first && mine.last == last && mine.count == hidden + 2
        }
        return theirs.isAbbreviation(of: mine)
    }
}

extension String {
    fileprivate var lettersAndDigits: String { folded.filter { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "#" } }

    /// Whether the letters stand in the other word in their order, from its first on: "js", "msexcel".
    fileprivate func isAbbreviation(of other: String) -> Bool {
        guard let first, first == other.first else { return false }
        var rest = self[...]
        for character in other where rest.first == character { rest = rest.dropFirst() }
        return rest.isEmpty
    }
}

/// The items of a line of skills.
struct SkillItems {
    let taxonomy: SkillTaxonomy

    func items(of line: String) -> [String] {
        // "Databases: Redis, MySQL": the label isn't a skill.
        let colon = line.firstIndex(of: ":")
        let list = colon.map { line[line.index(after: $0)...] } ?? line[...]
        return pieces(of: list).flatMap(parts)
            .filter { !$0.isEmpty && SpokenLanguages.name(in: $0.folded) == nil }
    }

    static func isName(_ item: String) -> Bool {
        let words = item.split(separator: " ")
        return words.count <= 4 && item.count <= 40 && item.utf8.count <= ParsingLimits.field && item.count > 1
            && item.contains(where: \.isLetter) && !words.contains { notInNames.contains($0.lowercased()) }
    }

    private func pieces(of list: Substring) -> [Substring] {
        let marked = list.split { Self.separators.contains($0) }
        guard marked.count == 1 else { return marked }
        // "Python – Java – SQL", "Python / Java"
        for separator in [" – ", " — ", " - ", " / ", " // ", " + "] {
            let parts = list.components(separatedBy: separator).map { Substring($0) }
            if parts.count > 2 || parts.count == 2 && separator.contains("/") { return parts }
        }
        return marked
    }

    /// "Python (Django" and "Flask)" of a list in brackets, "C#/.NET", "Excel and Lightspeed": each by itself, if one of them is known.
    private func parts(of piece: Substring) -> [String] {
        let item = Self.withoutLevel(piece)
        if item.isEmpty || taxonomy.skill(named: item) != nil { return [item] }
        for separator in [" / ", "/", " & ", " and ", " und ", " y ", " et ", " e ", " en "] where item.contains(separator) {
            let parts = item.components(separatedBy: separator).map { Self.withoutLevel($0) }.filter { !$0.isEmpty }
            if parts.count > 1, isList(parts, separator) { return parts }
        }
        return [item]
    }

    /// "S/4HANA", "PL/I" and "client/server" are names; in "Java/Kotlin" each part is.
    private func isList(_ parts: [String], _ separator: String) -> Bool {
        guard parts.allSatisfy({ $0.split(separator: " ").count <= 3 }), parts.contains(where: isKnown) else { return false }
        guard separator == "/" else { return true }
        return zip(parts, parts.dropFirst()).allSatisfy { left, right in
            let words = [left.split { $0 == " " }.last, right.split { $0 == " " }.first].compactMap { $0 }
            return words.allSatisfy { $0.count > 2 || isKnown(String($0)) }
        }
    }

    private func isKnown(_ text: String) -> Bool { taxonomy.skill(named: text) != nil }

    /// "Python (expert)", "Java – 5 years"
    private static func withoutLevel(_ item: some StringProtocol) -> String {
        // A dot before a letter belongs to the name: ".NET".
        var item = item.trimmed(start: ["-", "–", "*", ")", "]", "●", "○"], end: [".", "-", "–", "*", "(", "[", "●", "○"])
        if item.hasPrefix("."), item.dropFirst().first?.isLetter != true { item = item.trimmed(of: ["."]) }
        if item.hasSuffix(")"), !item.contains("(") { item = item.trimmed(of: [")"]) }
        for mark in [" (", " – ", " - "] {
            if let range = item.range(of: mark), levels.contains(where: item[range.upperBound...].folded.contains) {
                item = String(item[..<range.lowerBound])
            }
        }
        return item
    }

    private static let separators: Set<Character> = [
        ",", ";", "|", "•", "·", "\t", "▪", "◦", "●", "○", "■", "∙", "‣", "►", "▸", "、", "，", "\n",
    ]

    private static let levels = [
        "year", "expert", "advanced", "intermediate", "beginner", "basic", "proficient", "familiar", "fluent", "jahre", "excellent", "good",
        "sehr gut", "gut", "grundkenntnisse", "fortgeschritten", "avance", "avanzado", "basico", "experto", "anos", "ans", "anni", "jaar",
    ]

    /// Words of sentences about skills.
    private static let notInNames: Set<String> = [
        "and", "with", "using", "experience", "experienced", "knowledge", "strong", "in", "including", "such", "as", "years", "my", "i",
        "proficient", "familiar", "und", "mit", "kenntnisse", "in", "skilled", "expert", "good", "excellent", "very",
    ]
}
