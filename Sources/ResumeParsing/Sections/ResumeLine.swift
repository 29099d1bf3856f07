/// One line of a resume, with what its position on the page tells.
struct ResumeLine: Equatable {
    var text: String
    var indentation = 0
    var isBullet = false
    /// Whether an empty line comes before it.
    var followsGap = false

    /// The separate parts of the line.
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
            if lines.count == ParsingLimits.lines { break }
        }
        return lines
    }

    private init?(_ raw: Substring) {
        let content = raw.cut(to: ParsingLimits.line).trimmed
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

    // Text from a word processor separates columns with runs of spaces.
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
    /// Joins lines to the one before that they continue.
    var unwrapped: [ResumeLine] {
        var joined: [ResumeLine] = []
        var open: OpenLine?
        for line in self {
            if open?.isContinued(by: line) == true, open?.append(line) == true {
                joined[joined.count - 1].text += (open?.joint ?? "") + line.text
            } else {
                joined.append(line)
                open = OpenLine(line)
            }
        }
        return joined
    }
}

/// What tells whether a line continues. It is updated as lines are joined, because checking the whole again for each would make a long
/// paragraph quadratic.
private struct OpenLine {
    private let isBullet: Bool
    private let indentation: Int
    private let hasColumns: Bool
    private var size: Int
    private var words: Int
    private var lastWord: String
    private var end: Character?
    /// How the last joined line was joined.
    private(set) var joint = ""

    init(_ line: ResumeLine) {
        let words = line.text.split { $0.isWhitespace }
        isBullet = line.isBullet
        indentation = line.indentation
        hasColumns = line.text.contains("\t")
        size = line.text.utf8.count
        self.words = words.count
        lastWord = words.last.map(String.init) ?? ""
        end = line.text.last
    }

    func isContinued(by line: ResumeLine) -> Bool {
        guard !line.isBullet, !line.followsGap, let first = line.text.first, mayGoOn(with: line, first) else { return false }
        return DateRange.first(in: line.text) == nil
    }

    private func mayGoOn(with line: ResumeLine, _ first: Character) -> Bool {
        if isBullet { return line.indentation > indentation || first.isLowercase || end == "-" || end == "," }
        guard !hasColumns, !line.text.contains("\t") else { return false }
        if words > 1, Self.connectives.contains(lastWord.lowercased()) { return true }
        // The rest of a company's name never stands alone.
        if words > 2, Self.tails.contains(line.text.folded) { return true }
        return first.isLowercase && words > 5 && end != "."
    }

    /// False if the whole would become too long.
    mutating func append(_ line: ResumeLine) -> Bool {
        let more = OpenLine(line)
        guard size + more.size < ParsingLimits.line else { return false }
        joint = end == "-" ? "" : " "
        // A hyphenated word is one word, and not a connective.
        lastWord = joint.isEmpty && more.words == 1 ? "" : more.lastWord
        words += more.words - (joint.isEmpty ? 1 : 0)
        size += joint.utf8.count + more.size
        end = more.end
        return true
    }

    private static let connectives: Set<String> = [
        "and", "of", "in", "for", "the", "with", "to", "&", "und", "de", "y", "et", "für", "mit",
    ]
    private static let tails: Set<String> = [
        "group", "inc", "inc.", "ltd", "ltd.", "llc", "gmbh", "company", "corporation", "systems", "technologies", "solutions", "limited",
    ]
}
