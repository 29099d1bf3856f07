/// Removes contact data from a candidate's words: e-mail addresses, telephone numbers, handles and links. Whoever may see those has them
/// from the contact data; elsewhere they would be a way around the mask.
package enum ContactMask {
    package static let mark = "•••"

    package static func masked(_ text: String) -> String {
        // Most words contain nothing that could be contact data.
        guard text.utf8.contains(where: { suspicious.contains($0) }) || text.contains(" dot ") else { return text }
        return maskNumbers(maskWords(maskValidNumbers(text)))
    }

    package static func masked(_ text: String?) -> String? { text.map(masked) }

    private static let suspicious = Set("@0123456789/([{.".utf8)

    /// As libphonenumber finds them, by their country code.
    private static func maskValidNumbers(_ text: String) -> String {
        guard text.utf8.count(where: { (48...57).contains($0) }) >= 7 else { return text }
        var bytes = Array(text.utf8)
        let mark = Array(mark.utf8)
        for range in PhoneNumbers.ranges(in: text).reversed() { bytes.replaceSubrange(range, with: mark) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Word by word, leaving what is between them unchanged.
    private static func maskWords(_ text: String) -> String {
        var words: [Substring] = []
        var gaps: [Substring] = []
        var rest = text[...]
        repeat {
            let word = rest.prefix { !$0.isWhitespace }
            rest = rest[word.endIndex...]
            let gap = rest.prefix(while: \.isWhitespace)
            rest = rest[gap.endIndex...]
            words.append(word)
            gaps.append(gap)
        } while !rest.isEmpty
        var hidden = words.map(isContact)
        for index in words.indices { hide(spelledOutAt: index, in: words, &hidden) }
        return zip(words.indices, gaps).map { index, gap in (hidden[index] ? mark[...] : words[index]) + gap }.joined()
    }

    private static func isContact(_ word: Substring) -> Bool {
        let bare = word.lowercased().trimmed(of: Self.brackets)
        if bare.contains("@"), bare.count > 1 { return true }
        if ["(at)", "[at]", "{at}"].contains(where: { word.lowercased().contains($0) }) { return true }
        if bare.hasPrefix("www.") || bare.contains("://") { return true }
        let host = bare.prefix { $0 != "/" }
        return host.endIndex < bare.endIndex && ContactReader.isAddress(String(bare))
    }

    /// "ada at example dot com", and "ada (at) example.com" with blanks.
    private static func hide(spelledOutAt index: Int, in words: [Substring], _ hidden: inout [Bool]) {
        let word = words[index].lowercased()
        guard index > 0, index + 1 < words.count, word == "at" || ["(at)", "[at]", "{at}"].contains(word) else { return }
        let tail = words[(index + 1)...].prefix(3).map { $0.lowercased().trimmed(of: Self.brackets) }
        if tail.count == 3, tail[1] == "dot" {
            for place in (index - 1)...(index + 3) { hidden[place] = true }
        } else if word != "at" {
            for place in (index - 1)...(index + 1) { hidden[place] = true }
        }
    }

    private static let brackets: Set<Character> = ["(", ")", "[", "]", "{", "}", "<", ">", ",", ";", ".", ":", "\"", "'", "|"]

    /// Runs of digits that look like a telephone number without a country code, and not like dates.
    private static func maskNumbers(_ text: String) -> String {
        let characters = Array(text)
        var masked = ""
        var index = 0
        while index < characters.count {
            let isInside = index > 0 && (characters[index - 1].isLetter || characters[index - 1].isNumber)
            if !isInside, let end = numberEnd(characters, from: index) {
                masked += mark
                index = end
            } else {
                masked.append(characters[index])
                index += 1
            }
        }
        return masked
    }

    private static func numberEnd(_ characters: [Character], from start: Int) -> Int? {
        guard characters[start].isASCIIDigit || "+(".contains(characters[start]) else { return nil }
        var groups = [""]
        var (index, end, separators) = (start, start, 0)
        while index < characters.count, index < start + 40 {
            let character = characters[index]
            if character.isASCIIDigit {
                groups[groups.count - 1].append(character)
                separators = 0
                end = index + 1
            } else if separators < 2, " \u{00A0}-–.()/+".contains(character) {
                if groups.last != "" { groups.append("") }
                separators += 1
            } else {
                break
            }
            index += 1
        }
        let digits = groups.reduce(0) { $0 + $1.count }
        guard (8...15).contains(digits), !groups.allSatisfy(\.isDatePart) else { return nil }
        let isLed = "+(0".contains(characters[start])
        return isLed || digits >= 10 ? end : nil
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension String {
    /// A year, a month or a day.
    fileprivate var isDatePart: Bool {
        if isEmpty { return true }
        guard let number = Int(self) else { return false }
        return count == 4 ? (1900...2099).contains(number) : count <= 2 && number <= 31
    }
}
