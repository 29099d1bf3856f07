/// Reads single dates from the tokens of a line, in the ways that people write them.
struct DateReader {
    let tokens: [DateToken]
    private let text: String

    init(_ text: String) {
        self.text = text
        tokens = DateToken.tokens(of: text)
    }

    func place(of span: Range<Int>) -> Range<String.Index> {
        tokens[span.lowerBound].range.lowerBound..<tokens[span.upperBound - 1].range.upperBound
    }

    func word(_ index: Int) -> String? {
        if case .word(let word) = kind(index) { return word }
        return nil
    }

    func mark(_ index: Int) -> Character? {
        if case .mark(let mark) = kind(index) { return mark }
        return nil
    }

    func number(_ index: Int) -> (value: Int, digits: Int)? {
        if case .number(let value, let digits) = kind(index) { return (value, digits) }
        return nil
    }

    func isDash(_ index: Int) -> Bool { mark(index).map(DateWords.dashes.contains) == true }

    func isEnd(_ index: Int) -> Bool { index >= tokens.count || !isOneColumn(index - 1, index) }

    /// Whether what came before ends here: at the end of a line or column, or before a mark.
    func closes(_ index: Int) -> Bool { isEnd(index) || mark(index).map { $0 != "&" } == true }

    /// A date that begins at a token, and the token after it.
    func date(at index: Int) -> (PartialDate, next: Int)? {
        guard let (date, next) = bareDate(at: index) else { return nil }
        guard let word = word(next), DateWords.afterYear.contains(word), isOneColumn(next - 1, next) else { return (date, next) }
        return (date, mark(next + 1) == "." ? next + 2 : next + 1)
    }

    private func kind(_ index: Int) -> DateToken.Kind? {
        tokens.indices.contains(index) ? tokens[index].kind : nil
    }

    private func bareDate(at index: Int) -> (PartialDate, next: Int)? {
        if let word = word(index) {
            if word.count == 1 || word.first == "q", let date = quarter(at: index) { return date }
            return DateWords.month(word).flatMap { monthAndYear($0, after: index) }
        }
        return number(index).flatMap { numeric($0.value, $0.digits, at: index) }
    }

    /// "Q3 2019"
    private func quarter(at index: Int) -> (PartialDate, next: Int)? {
        guard word(index) == "q", let quarter = number(index + 1), quarter.digits == 1, (1...4).contains(quarter.value) else { return nil }
        let next = mark(index + 2) == "/" || mark(index + 2) == "." ? index + 3 : index + 2
        return year(at: next).map { (PartialDate(year: $0, month: quarter.value * 3 - 2), next + 1) }
    }

    /// "Jan 2019", "Jan. 2019", "January, 2019", "Jan-2019", "Jan '19", "March 12, 2018", "enero de 2015"
    private func monthAndYear(_ month: Int, after index: Int) -> (PartialDate, next: Int)? {
        var next = index + 1
        for _ in 0..<2 {
            guard let mark = mark(next), mark == "." || mark == "," || mark == "/" || (mark == "-" && isTight(next)) else { break }
            next += 1
        }
        if let word = word(next), DateWords.ofYear.contains(word) { next += 1 }
        if let year = year(at: next) { return (PartialDate(year: year, month: month), next + 1) }
        if let mark = mark(next), mark == "'" || mark == "’" || mark == "‘", let short = number(next + 1), short.digits == 2 {
            return (PartialDate(year: century(short.value), month: month), next + 2)
        }
        guard let day = number(next), (1...2).contains(day.digits) else { return nil }
        if mark(next - 1) == "-", day.digits == 2 { return (PartialDate(year: century(day.value), month: month), next + 1) }
        guard (1...31).contains(day.value) else { return nil }
        var after = next + 1
        if let word = word(after), DateWords.ordinals.contains(word) { after += 1 }
        if mark(after) == "," { after += 1 }
        return year(at: after).map { (PartialDate(year: $0, month: month), after + 1) }
    }

    /// "2019", "2019-03", "2019-03-01", "03/2019", "12.03.2019", "12 March 2019", "1er mars 2019", "03/19"
    private func numeric(_ number: Int, _ digits: Int, at index: Int) -> (PartialDate, next: Int)? {
        if digits == 4 { return yearFirst(at: index) }
        guard digits <= 2, number >= 1 else { return nil }
        if number <= 31, let month = monthAfterDay(at: index) { return month }
        guard let mark = mark(index + 1), mark == "/" || mark == "." || mark == "-" || mark == "–" else { return nil }
        if number <= 12, let year = year(at: index + 2) { return mark == "–" ? nil : (PartialDate(year: year, month: number), index + 3) }
        guard mark != "–", let second = self.number(index + 2), (1...2).contains(second.digits) else { return nil }
        if self.mark(index + 3) == mark, let year = year(at: index + 4) {
            // Day first, unless that month is impossible.
            let month = second.value <= 12 ? second.value : number
            return (1...12).contains(month) ? (PartialDate(year: year, month: month), index + 5) : nil
        }
        guard number <= 12, mark == "/", second.digits == 2 else { return nil }
        return (PartialDate(year: century(second.value), month: number), index + 3)
    }

    private func monthAfterDay(at index: Int) -> (PartialDate, next: Int)? {
        var next = index + 1
        if let mark = mark(next), mark == "." || mark == "º" || mark == "ª" || (mark == "-" && isTight(next)) { next += 1 }
        for _ in 0..<2 {
            if let word = word(next), DateWords.ordinals.contains(word) { next += 1 }
        }
        guard let word = word(next), let month = DateWords.month(word), isOneColumn(index, next) else { return nil }
        return monthAndYear(month, after: next)
    }

    private func yearFirst(at index: Int) -> (PartialDate, next: Int)? {
        guard let year = year(at: index) else { return nil }
        if let (month, next) = monthAfterYear(at: index) { return (PartialDate(year: year, month: month), next) }
        guard
            let mark = mark(index + 1), mark == "-" || mark == "/" || mark == ".", isTight(index + 1),
            let month = number(index + 2), (1...2).contains(month.digits), (1...12).contains(month.value)
        else { return (PartialDate(year: year), index + 1) }
        if self.mark(index + 3) == mark, isTight(index + 3), let day = number(index + 4), day.digits <= 2, (1...31).contains(day.value) {
            return (PartialDate(year: year, month: month.value), index + 5)
        }
        // "2010-12" closes a span of years unless another span follows it.
        if month.digits == 2, month.value > year % 100, !isSpanEnding(at: index + 3) { return (PartialDate(year: year), index + 1) }
        return (PartialDate(year: year, month: month.value), index + 3)
    }

    /// "2019 March", where nothing else can be meant: "2015–2019 Mars" names an employer.
    private func monthAfterYear(at index: Int) -> (month: Int, next: Int)? {
        var next = index + 1
        if let mark = mark(next), mark == "," || mark == "/" || (mark == "-" && isTight(next)) { next += 1 }
        guard let word = word(next), word != "mars", let month = DateWords.month(word), isOneColumn(index, next) else { return nil }
        let after = mark(next + 1) == "." ? next + 2 : next + 1
        return isEnd(after) || isDash(after) || mark(after) == ")" ? (month, after) : nil
    }

    /// Whether a span ends here. It looks no further than that end: "2010-12-2010-12-..." would be followed to the last of them, one nested
    /// call each.
    private func isSpanEnding(at index: Int) -> Bool {
        guard isDash(index) || word(index).map(DateWords.until.contains) == true else { return false }
        if let next = number(index + 1) {
            return next.digits == 4
                ? year(at: index + 1) != nil : next.digits <= 2 && numeric(next.value, next.digits, at: index + 1) != nil
        }
        guard let word = word(index + 1) else { return isEnd(index + 1) }
        return DateWords.month(word) != nil || DateWords.ongoingAfterLink.contains(word) || DateWords.fillers.contains(word)
    }
}

extension DateReader {
    enum LooseKind {
        /// "Sep 23", "03.18"
        case short
        /// "03 2018", "III 2018"
        case spaced
    }

    /// What is a date only as one end of a span.
    func looseDate(at index: Int) -> (PartialDate, next: Int, LooseKind)? {
        if let word = word(index) {
            if let month = DateWords.romanMonths[String(text[tokens[index].range])] {
                let next = mark(index + 1) == "." || mark(index + 1) == "/" ? index + 2 : index + 1
                return year(at: next).map { (PartialDate(year: $0, month: month), next + 1, .spaced) }
            }
            let next = mark(index + 1) == "." ? index + 2 : index + 1
            guard let month = DateWords.month(word), let short = number(next), short.digits == 2 else { return nil }
            return (PartialDate(year: century(short.value), month: month), next + 1, .short)
        }
        guard let first = number(index), first.digits <= 2, (1...31).contains(first.value) else { return nil }
        if first.value <= 12, let year = year(at: index + 1), isOneColumn(index, index + 1) {
            return (PartialDate(year: year, month: first.value), index + 2, .spaced)
        }
        guard mark(index + 1) == ".", let second = number(index + 2), second.digits == 2 else { return nil }
        // "01.03.18"
        if mark(index + 3) == ".", let short = number(index + 4), short.digits == 2, (1...12).contains(second.value) {
            return (PartialDate(year: century(short.value), month: second.value), index + 5, .short)
        }
        guard first.digits == 2, first.value <= 12 else { return nil }
        return (PartialDate(year: century(second.value), month: first.value), index + 3, .short)
    }

    /// A month without its year, which the end of the span names.
    func bareMonth(at index: Int) -> Int? {
        if let word = word(index) { return DateWords.month(word) }
        guard let number = number(index), number.digits <= 2, (1...12).contains(number.value) else { return nil }
        if let before = mark(index - 1), "./-–'’".contains(before) { return nil }
        return number.value
    }

    private func isOneColumn(_ first: Int, _ second: Int) -> Bool {
        guard tokens.indices.contains(first), tokens.indices.contains(second) else { return true }
        return !text[tokens[first].range.upperBound..<tokens[second].range.lowerBound].contains("\t")
    }

    /// Whether a mark touches what is on both sides of it.
    private func isTight(_ index: Int) -> Bool {
        guard tokens.indices.contains(index - 1), tokens.indices.contains(index + 1) else { return false }
        return tokens[index - 1].range.upperBound == tokens[index].range.lowerBound
            && tokens[index].range.upperBound == tokens[index + 1].range.lowerBound
    }

    // No career on a resume began before 1940; the upper bound keeps postal codes and phone numbers out.
    private func year(at index: Int) -> Int? {
        guard let year = number(index), year.digits == 4, (1940...2060).contains(year.value) else { return nil }
        return year.value
    }

    private func century(_ short: Int) -> Int { short < 60 ? 2000 + short : 1900 + short }
}
