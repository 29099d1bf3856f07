import Foundation

extension StringProtocol {
    /// For comparison: lower case, without accents.
    var folded: String {
        let text = String(self)
        // ASCII has no accents, and most lines are ASCII.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        // Letters with a stroke are separate letters in Unicode and keep it; typists leave it out.
        return text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .replacingOccurrences(of: "ł", with: "l").replacingOccurrences(of: "ø", with: "o").replacingOccurrences(of: "ß", with: "ss")
    }

    /// Folded letters and digits, one space between words.
    var foldedWords: [String] {
        folded.split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "#" }.map(String.init)
    }

    var trimmed: String { trimmed(of: []) }

    func trimmed(of marks: Set<Character>) -> String { trimmed(start: marks, end: marks) }

    func trimmed(start: Set<Character>, end: Set<Character>) -> String {
        // Checks each end once: `dropLast` counts the whole text each time.
        guard
            let first = firstIndex(where: { !$0.isWhitespace && !start.contains($0) }),
            let last = lastIndex(where: { !$0.isWhitespace && !end.contains($0) }), first <= last
        else { return "" }
        return String(self[first...last])
    }

    var isAllCapitals: Bool {
        let letters = filter(\.isLetter)
        return letters.count > 1 && letters.allSatisfy { !$0.isLowercase } && letters.contains(where: \.isUppercase)
    }

    /// Without separators at the ends; brackets stay if they belong to words inside: "A Levels (English)".
    var trimmedOfMarks: String {
        let text = trimmed(of: [",", ";", "|", "–", "-", "•", "·", ":"])
        let isBracketed = text.first != "(" && text.contains("(") && text.contains(")")
        return isBracketed ? text : text.trimmed(of: [",", ";", "(", ")"])
    }

    /// The parts between commas; commas inside brackets don't separate.
    var splitAtCommas: [String] {
        var depth = 0
        var parts = [""]
        for character in self {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth <= 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map(\.trimmed).filter { !$0.isEmpty }
    }
}
