/// Finds dates and spans among the words and numbers of a line.
struct DateScanner {
    private let text: String
    private let tokens: [DateToken]

    init(_ text: String) {
        self.text = text
        tokens = DateToken.tokens(of: text)
    }

    mutating func range() -> DateRange? {
        for index in tokens.indices {
            if let range = range(at: index) { return range }
        }
        return nil
    }

    mutating func lastDate() -> DateRange? {
        for index in tokens.indices.reversed() {
            guard let (date, next) = date(at: index) else { continue }
            // "05/2014" is found at "2014" first.
            for start in tokens.indices.prefix(index).suffix(3) {
                if let (longer, end) = self.date(at: start), end >= next { return found(longer, start..<end) }
            }
            return found(date, index..<next)
        }
        return nil
    }

    private func found(_ date: PartialDate, _ span: Range<Int>) -> DateRange {
        DateRange(start: nil, end: date, place: place(of: span))
    }

    private func place(of span: Range<Int>) -> Range<String.Index> {
        tokens[span.lowerBound].range.lowerBound..<tokens[span.upperBound - 1].range.upperBound
    }

    private func kind(_ index: Int) -> DateToken.Kind? {
        tokens.indices.contains(index) ? tokens[index].kind : nil
    }

    private func range(at index: Int) -> DateRange? {
        if case .word(let word) = kind(index), DateWords.since.contains(word), let (start, next) = date(at: index + 1),
            ending(at: next) == nil
        {
            return DateRange(start: start, isCurrent: true, place: place(of: index..<next))
        }
        if let range = monthsOfOneYear(at: index) { return range }
        guard let (start, next) = date(at: index), let end = ending(at: next) else { return nil }
        switch end {
        case .present(let after): return DateRange(start: start, isCurrent: true, place: place(of: opening(of: index)..<after))
        case .date(let date, let after): return DateRange(start: start, end: date, place: place(of: opening(of: index)..<after))
        }
    }

    /// A word that only introduces a span: "From May 2019 to ...", "De mai 2019 à ...".
    private func opening(of index: Int) -> Int {
        guard case .word(let word) = kind(index - 1), DateWords.since.contains(word) || ["de", "von", "du"].contains(word) else {
            return index
        }
        return index - 1
    }

    private enum Ending {
        case date(PartialDate, next: Int)
        case present(next: Int)
    }

    /// What follows the first date of a span: a dash or a word like "to", then a date or a word like "present".
    private func ending(at index: Int) -> Ending? {
        guard isBetweenDates(index) else { return nil }
        if let (date, next) = date(at: index + 1) { return .date(date, next: next) }
        return wordEnding(at: index)
    }

    /// An ending that isn't a complete date.
    private func wordEnding(at index: Int) -> Ending? {
        switch kind(index + 1) {
        // "2016–18"
        case .number(let short, digits: 2):
            guard case .number(let year, digits: 4) = kind(index - 1), short > year % 100 else { return nil }
            return .date(PartialDate(year: year / 100 * 100 + short), next: index + 2)
        case .word(let word) where DateWords.ongoing.contains(word):
            // "aujourd'hui" is two words with a mark between them.
            return .present(next: kind(index + 3) == .word("hui") ? index + 4 : index + 2)
        // "to date", "bis heute": the first word is read, the second ends it.
        case .word(let word) where DateWords.until.contains(word):
            guard case .word(let last) = kind(index + 2), DateWords.ongoing.contains(last) else { return nil }
            return .present(next: index + 3)
        // "2019 –" at the end of the line.
        case nil:
            if case .mark = kind(index) { return .present(next: index + 1) }
            return nil
        default: return nil
        }
    }

    private func isBetweenDates(_ index: Int) -> Bool {
        switch kind(index) {
        case .mark(let mark): DateWords.dashes.contains(mark)
        case .word(let word): DateWords.until.contains(word)
        default: false
        }
    }

    /// Whether a span ends here. Unlike `ending(at:)` it looks no further than that end: "2010-12-2010-12-..." would be followed to the
    /// last of them, one nested call each.
    private func isEnding(at index: Int) -> Bool {
        guard isBetweenDates(index) else { return false }
        if case .number(_, digits: 4) = kind(index + 1) { return year(at: index + 1) != nil }
        return date(at: index + 1) != nil || wordEnding(at: index) != nil
    }

    /// "Jan – Mar 2019"
    private func monthsOfOneYear(at index: Int) -> DateRange? {
        guard
            case .word(let first) = kind(index), let start = DateWords.month(first),
            case .mark(let dash) = kind(index + 1), DateWords.dashes.contains(dash),
            let (end, next) = date(at: index + 2), end.month != nil
        else { return nil }
        return DateRange(start: PartialDate(year: end.year, month: start), end: end, place: place(of: index..<next))
    }
}

extension DateScanner {
    /// A date that begins at a token, and the token after it.
    private func date(at index: Int) -> (PartialDate, next: Int)? {
        switch kind(index) {
        case .word(let word): return DateWords.month(word).flatMap { monthAndYear($0, after: index) }
        case .number(let number, let digits): return numeric(number, digits, at: index)
        default: return nil
        }
    }

    /// "Jan 2019", "Jan. 2019", "January, 2019", "Jan '19", "March 12, 2018"
    private func monthAndYear(_ month: Int, after index: Int) -> (PartialDate, next: Int)? {
        var next = index + 1
        while case .mark(let mark) = kind(next), mark == "." || mark == "," || mark == "/" { next += 1 }
        if case .word("de") = kind(next) { next += 1 }
        if let year = year(at: next) { return (PartialDate(year: year, month: month), next + 1) }
        if case .mark(let mark) = kind(next), mark == "'" || mark == "’", case .number(let short, digits: 2) = kind(next + 1) {
            return (PartialDate(year: century(short), month: month), next + 2)
        }
        guard case .number(1...31, 1...2) = kind(next) else { return nil }
        let afterDay = kind(next + 1) == .mark(",") ? next + 2 : next + 1
        return year(at: afterDay).map { (PartialDate(year: $0, month: month), afterDay + 1) }
    }

    /// "2019", "2019-03", "03/2019", "12.03.2019", "12 March 2019", "03/19" before a dash
    private func numeric(_ number: Int, _ digits: Int, at index: Int) -> (PartialDate, next: Int)? {
        if digits == 4 { return yearFirst(at: index) }
        guard digits <= 2, number >= 1 else { return nil }
        if number <= 31, case .word(let word) = kind(index + 1), let month = DateWords.month(word), isOneColumn(index, index + 1) {
            return monthAndYear(month, after: index + 1)
        }
        guard case .mark(let mark) = kind(index + 1), mark == "/" || mark == "." || mark == "-" else { return nil }
        if number <= 12, let year = year(at: index + 2) { return (PartialDate(year: year, month: number), index + 3) }
        guard case .number(let second, 1...2) = kind(index + 2) else { return nil }
        if kind(index + 3) == .mark(mark), let year = year(at: index + 4) {
            // Day first, unless that month is impossible.
            let month = second <= 12 ? second : number
            return month <= 12 ? (PartialDate(year: year, month: month), index + 5) : nil
        }
        guard number <= 12, mark == "/", case .number(_, digits: 2) = kind(index + 2) else { return nil }
        return (PartialDate(year: century(second), month: number), index + 3)
    }

    private func isOneColumn(_ first: Int, _ second: Int) -> Bool {
        !text[tokens[first].range.upperBound..<tokens[second].range.lowerBound].contains("\t")
    }

    private func yearFirst(at index: Int) -> (PartialDate, next: Int)? {
        guard let year = year(at: index) else { return nil }
        guard
            case .mark(let mark) = kind(index + 1), mark == "-" || mark == "/" || mark == ".",
            case .number(let month, digits: 2) = kind(index + 2), (1...12).contains(month),
            tokens[index].range.upperBound == tokens[index + 1].range.lowerBound
        else { return (PartialDate(year: year), index + 1) }
        // "2010-12" closes a span of years unless another span follows it.
        if month > year % 100, !isEnding(at: index + 3) { return (PartialDate(year: year), index + 1) }
        return (PartialDate(year: year, month: month), index + 3)
    }

    // No career on a resume began before 1940; the upper bound keeps postal codes and phone numbers out.
    private func year(at index: Int) -> Int? {
        guard case .number(let year, digits: 4) = kind(index), (1940...2060).contains(year) else { return nil }
        return year
    }

    private func century(_ short: Int) -> Int { short < 60 ? 2000 + short : 1900 + short }
}
