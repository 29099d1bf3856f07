/// Text split into the words that skill names consist of: "C++", "C#", ".NET" and "Node.js" are words, "CI/CD" is two.
struct SkillToken {
    /// Lower case.
    let key: String
    /// As written.
    let text: Substring
    /// Whether a list separator, a bracket or an end of line is right before and right after it.
    var opens: Bool
    var closes: Bool

    static func tokens(of text: String) -> [SkillToken] {
        var tokens: [SkillToken] = []
        var isAfterMark = true
        var index = text.startIndex
        while index < text.endIndex {
            if let end = endOfWord(in: text, at: index) {
                let word = text[index..<end]
                tokens.append(SkillToken(key: word.lowercased(), text: word, opens: isAfterMark, closes: false))
                isAfterMark = false
                index = end
            } else {
                if marks.contains(text[index]) {
                    isAfterMark = true
                    if !tokens.isEmpty { tokens[tokens.count - 1].closes = true }
                }
                // Text with an ampersand isn't a list: "R&D", "P&G".
                if text[index] == "&" { isAfterMark = false }
                index = text.index(after: index)
            }
        }
        if !tokens.isEmpty { tokens[tokens.count - 1].closes = true }
        return tokens
    }

    /// The end of the word that begins here; nil if none does.
    private static func endOfWord(in text: String, at start: String.Index) -> String.Index? {
        var index = start
        if text[index] == "." {
            // Only ".NET" begins with its dot, and only after something that isn't a word.
            guard text[index...].prefix(4).lowercased() == ".net" else { return nil }
            index = text.index(after: index)
        }
        guard text[index].isLetter || text[index].isNumber else { return nil }
        while index < text.endIndex {
            let character = text[index]
            let next = text.index(after: index)
            let isInside = character.isLetter || character.isNumber || character == "+" || character == "#"
            let isDot = character == "." && next < text.endIndex && (text[next].isLetter || text[next].isNumber)
            guard isInside || isDot else { break }
            index = next
        }
        return index
    }

    private static let marks: Set<Character> = [",", ";", "|", "•", "·", "/", "\n", "\t", "(", ")", ":", "▪", "●", "[", "]", "."]
}
