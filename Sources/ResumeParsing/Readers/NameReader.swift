/// The writer's name: the largest line of the page, else the first line that could be one.
struct NameReader {
    private let sections: ResumeSections
    private let prominentLine: String?
    /// The letters before the at sign of each address.
    private let locals: [String]

    init(sections: ResumeSections, prominentLine: String?, emails: [String]) {
        self.sections = sections
        self.prominentLine = prominentLine
        locals = emails.map { $0.prefix { $0 != "@" }.folded.filter(\.isLetter) }
    }

    func name() -> Confident<String>? {
        if let prominentLine, let name = Self.candidate(prominentLine) { return Confident(name, matchesEmail(name) ? 0.98 : 0.9) }
        let lines = sections.particulars.prefix(12)
        for line in lines {
            if let name = labeled(line.text) { return Confident(name, 0.95) }
        }
        let candidates = lines.flatMap(\.columns).compactMap(Self.candidate)
        if let name = candidates.first(where: matchesEmail) { return Confident(name, 0.92) }
        return candidates.first.map { Confident($0, 0.75) }
    }

    private func labeled(_ text: String) -> String? {
        let parts = text.split(whereSeparator: { $0 == ":" || $0 == "\t" })
        guard parts.count >= 2, ["name", "full name", "nom", "nombre", "vor- und nachname"].contains(parts[0].trimmed.folded) else {
            return nil
        }
        return Self.candidate(String(parts[1]))
    }

    /// Whether part of the name is in the address, as in most addresses that people apply with.
    private func matchesEmail(_ name: String) -> Bool {
        name.foldedWords.contains { word in word.count > 2 && locals.contains { $0.contains(word.filter(\.isLetter)) } }
    }

    /// The text as a name, without titles and degrees; nil if it cannot be one.
    static func candidate(_ text: String) -> String? {
        let text = withoutCredentials(text)
        let words = text.split(separator: " ")
        // Names in scripts without spaces are one word.
        guard (2...6).contains(words.count) || (words.count == 1 && isUnspaced(text)), text.count <= 60 else { return nil }
        guard text.allSatisfy({ $0.isLetter || " .'’\"“”-()·".contains($0) }), words.allSatisfy(isNamePart) else { return nil }
        if SectionKind.heading(text) != nil || JobWords.isLikelyTitle(text) || Place.whole(text) != nil { return nil }
        return text.isAllCapitals ? capitalized(words) : words.joined(separator: " ")
    }

    private static func withoutCredentials(_ text: String) -> String {
        var text = (text.split(whereSeparator: { $0 == "," || $0 == "|" || $0 == "\t" }).first ?? "").trimmed
        for prefix in ["Dr. ", "Prof. ", "Mr. ", "Ms. ", "Mrs. ", "Dipl.-Ing. "] where text.hasPrefix(prefix) {
            text = String(text.dropFirst(prefix.count))
        }
        var words = text.split(separator: " ")
        while words.count > 2, let last = words.last, credentials.contains(last.filter(\.isLetter).lowercased()) { words.removeLast() }
        return words.joined(separator: " ")
    }

    private static func isNamePart(_ word: Substring) -> Bool {
        if particles.contains(word.lowercased()) { return true }
        guard let first = word.first(where: \.isLetter) else { return false }
        return first.isUppercase || !first.isCased
    }

    private static func isUnspaced(_ text: String) -> Bool {
        (2...8).contains(text.count) && text.allSatisfy { $0.isLetter && !$0.isCased }
    }

    private static func capitalized(_ words: [Substring]) -> String {
        words.map { particles.contains($0.lowercased()) ? $0.lowercased() : $0.lowercased().capitalizedAtHyphens }.joined(separator: " ")
    }

    private static let particles: Set<String> = [
        "de", "da", "do", "dos", "das", "del", "della", "der", "den", "di", "la", "le", "van", "von", "zu", "bin", "al", "el", "y", "e",
        "af", "ter",
    ]
    private static let credentials: Set<String> = [
        "phd", "md", "rn", "bsn", "msn", "mba", "cpa", "pmp", "pe", "esq", "msc", "bsc", "aca", "acca", "cfa", "dds", "np", "lpn", "ma",
        "ba",
    ]
}

extension String {
    fileprivate var capitalizedAtHyphens: String {
        var result = ""
        var isStart = true
        for character in self {
            result += isStart ? character.uppercased() : String(character)
            isStart = character == "-" || character == "'" || character == "’" || character == "."
        }
        return result
    }
}
