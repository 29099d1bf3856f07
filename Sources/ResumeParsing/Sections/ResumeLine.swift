/// One line of a resume with what its place on the page said.
struct ResumeLine: Equatable {
    var text: String
    var indentation = 0
    var isBullet = false
    /// Whether an empty line stands before it.
    var followsGap = false

    /// What stands apart on the line.
    var columns: [String] {
        text.split(separator: "\t").map(\.trimmed).filter { !$0.isEmpty }
    }

    static func lines(of text: String) -> [ResumeLine] {
        var lines: [ResumeLine] = []
        var followsGap = false
        for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard var line = ResumeLine(raw) else {
                followsGap = true
                continue
            }
            line.followsGap = followsGap
            followsGap = false
            if !line.isPageNumber { lines.append(line) }
        }
        return lines
    }

    private init?(_ raw: Substring) {
        let content = raw.trimmed
        guard let first = content.first else { return nil }
        indentation = raw.prefix { $0 == " " }.count
        let rest = content.dropFirst()
        // A dash or star is a bullet only before a space: "-5 °C" and "*args" are not.
        let isMark = Self.bullets.contains(first) || (Self.dashes.contains(first) && rest.first?.isWhitespace == true)
        isBullet = isMark && !rest.isEmpty
        text = isBullet ? rest.trimmed : content
        if !text.contains(where: { $0.isLetter || $0.isNumber }) { return nil }
        text = Self.withTabs(text)
    }

    init(_ text: String, followsGap: Bool = false) {
        self.text = text
        self.followsGap = followsGap
    }

    // Text from a word processor keeps columns apart with runs of spaces.
    private static func withTabs(_ text: String) -> String {
        var result = ""
        var spaces = 0
        for character in text {
            if character == " " {
                spaces += 1
                continue
            }
            if spaces > 0 { result += spaces >= 3 ? "\t" : " " }
            spaces = 0
            result.append(character)
        }
        return result
    }

    private var isPageNumber: Bool {
        let words = text.foldedWords
        return words.count <= 4 && ["page", "seite", "pagina"].contains(words.first) && words.dropFirst().first.flatMap { Int($0) } != nil
    }

    private static let bullets: Set<Character> = ["•", "◦", "▪", "●", "‣", "■", "□", "○", "➢", "➤", "✓", "✔", "»", "∙", "⁃", "·", "►", "▸"]
    private static let dashes: Set<Character> = ["-", "–", "—", "*", "+", "o"]
}

extension [ResumeLine] {
    /// Lines that continue the one before joined to it.
    var unwrapped: [ResumeLine] {
        var joined: [ResumeLine] = []
        var head = 0
        for line in self {
            if let last = joined.last, line.continues(last, headIndentation: head) {
                joined[joined.count - 1].text = last.text + (last.text.hasSuffix("-") ? "" : " ") + line.text
            } else {
                joined.append(line)
                head = line.indentation
            }
        }
        return joined
    }
}

extension ResumeLine {
    fileprivate func continues(_ last: ResumeLine, headIndentation: Int) -> Bool {
        guard !isBullet, !followsGap, DateRange.first(in: text) == nil, let first = text.first else { return false }
        let words = last.text.split { $0.isWhitespace }
        if last.isBullet {
            return indentation > headIndentation || first.isLowercase || last.text.hasSuffix("-") || last.text.hasSuffix(",")
        }
        guard !last.text.contains("\t"), !text.contains("\t") else { return false }
        if let end = words.last, words.count > 1, Self.connectives.contains(end.lowercased()) { return true }
        // What is left of a company's name never stands alone.
        if words.count > 2, Self.tails.contains(text.folded) { return true }
        return first.isLowercase && words.count > 5 && !last.text.hasSuffix(".")
    }

    private static let connectives: Set<String> = [
        "and", "of", "in", "for", "the", "with", "to", "&", "und", "de", "y", "et", "für", "mit",
    ]
    private static let tails: Set<String> = [
        "group", "inc", "inc.", "ltd", "ltd.", "llc", "gmbh", "company", "corporation", "systems", "technologies", "solutions", "limited",
    ]
}
