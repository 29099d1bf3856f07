/// The parts of a line that a date consists of: words, numbers, single marks.
struct DateToken {
    enum Kind: Equatable {
        case word(String)
        case number(Int, digits: Int)
        case mark(Character)
    }

    let kind: Kind
    let range: Range<String.Index>

    static func tokens(of text: String) -> [DateToken] {
        var tokens: [DateToken] = []
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            var end = text.index(after: index)
            if character.isASCII, character.isNumber {
                end = text[index...].firstIndex { !($0.isASCII && $0.isNumber) } ?? text.endIndex
                let digits = text[index..<end]
                tokens.append(DateToken(kind: .number(Int(digits) ?? -1, digits: digits.count), range: index..<end))
            } else if character.isLetter {
                end = text[index...].firstIndex { !$0.isLetter } ?? text.endIndex
                tokens.append(DateToken(kind: .word(String(text[index..<end]).folded), range: index..<end))
            } else if !character.isWhitespace {
                tokens.append(DateToken(kind: .mark(character), range: index..<end))
            }
            index = end
        }
        return tokens
    }
}
