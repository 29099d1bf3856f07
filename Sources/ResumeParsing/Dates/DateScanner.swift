/// Finds spans of time among the words and numbers of a line. It looks a few tokens ahead and never further: a stranger writes the line.
struct DateScanner {
    private let reader: DateReader

    init(_ text: String) {
        reader = DateReader(text)
    }

    func range() -> DateRange? {
        for index in reader.tokens.indices {
            if let range = range(at: index) { return range }
        }
        return nil
    }

    func lastDate() -> DateRange? {
        let indices = reader.tokens.indices
        for index in indices.reversed() {
            guard let (date, next) = reader.date(at: index) else { continue }
            // "05/2014" is found at "2014" first.
            for start in indices.prefix(index).suffix(4) {
                if let (longer, end) = reader.date(at: start), end >= next { return found(longer, start..<end) }
            }
            return found(date, index..<next)
        }
        return nil
    }

    private func found(_ date: PartialDate, _ span: Range<Int>) -> DateRange {
        DateRange(start: nil, end: date, place: reader.place(of: span))
    }

    private func range(at index: Int) -> DateRange? {
        openEnded(at: index) ?? presentFirst(at: index) ?? monthsOfOneYear(at: index) ?? span(at: index)
    }

    /// "Since 2020", "seit dem 1. März 2020", "March 2020 onwards"
    private func openEnded(at index: Int) -> DateRange? {
        if let (start, next) = reader.date(at: index), let word = reader.word(next), DateWords.onwards.contains(word) {
            return DateRange(start: start, isCurrent: true, place: reader.place(of: index..<next + 1))
        }
        guard let word = reader.word(index), DateWords.since.contains(word) else { return nil }
        var first = index + 1
        while first < index + 3, let filler = reader.word(first), DateWords.fillers.contains(filler) || filler == "de" { first += 1 }
        guard let (start, next) = reader.date(at: first), ending(at: next, after: first) == nil else { return nil }
        // "à partir de mars 2020"
        let opening = word == "partir" && reader.word(index - 1) == "a" ? index - 1 : index
        return DateRange(start: start, isCurrent: true, place: reader.place(of: opening..<next))
    }

    /// "Present – March 2020"
    private func presentFirst(at index: Int) -> DateRange? {
        guard
            let word = reader.word(index), DateWords.ongoing.contains(word), reader.isDash(index + 1),
            let (start, next) = reader.date(at: index + 2), ending(at: next, after: index + 2) == nil
        else { return nil }
        return DateRange(start: start, isCurrent: true, place: reader.place(of: index..<next))
    }

    /// "Jan – Mar 2019", "Januar bis März 2019", "03–07/2019"
    private func monthsOfOneYear(at index: Int) -> DateRange? {
        guard let start = reader.bareMonth(at: index) else { return nil }
        var next = index + 1
        if reader.mark(next) == "." { next += 1 }
        guard reader.isDash(next) || reader.word(next).map(DateWords.until.contains) == true else { return nil }
        guard let (end, after) = reader.date(at: next + 1), let month = end.month, month >= start else { return nil }
        if reader.word(index) == nil {
            // "12-03-2019" is one date.
            guard let mark = reader.mark(next + 2), mark == "/" || mark == ".", after == next + 4 else { return nil }
        } else if reader.word(next + 1) == nil {
            return nil
        }
        return DateRange(start: PartialDate(year: end.year, month: start), end: end, place: reader.place(of: index..<after))
    }

    private func span(at index: Int) -> DateRange? {
        if let (start, next) = reader.date(at: index) {
            guard let end = ending(at: next, after: index) else { return nil }
            return closed(start, end, from: index)
        }
        // Years of two digits, and months without a mark before the year: only where both ends are written so.
        guard
            let (start, next, kind) = reader.looseDate(at: index), let link = link(at: next, after: index), link.isExplicit
        else { return nil }
        if let (end, after, other) = reader.looseDate(at: link.next), other == kind {
            return closed(start, .date(end, next: after), from: index)
        }
        if let present = present(at: link) { return closed(start, present, from: index) }
        guard kind == .spaced, let (end, after) = reader.date(at: link.next) else { return nil }
        return closed(start, .date(end, next: after), from: index)
    }

    private func closed(_ start: PartialDate, _ ending: Ending, from index: Int) -> DateRange {
        switch ending {
        case .present(let after):
            return DateRange(start: start, isCurrent: true, place: reader.place(of: opening(of: index)..<after))
        case .date(let end, let after):
            let isReversed = end.lastPossibleMonth < start.monthsSinceZero
            return DateRange(
                start: isReversed ? end : start,
                end: isReversed ? start : end,
                place: reader.place(of: opening(of: index)..<after)
            )
        }
    }

    /// A word that only introduces a span: "From May 2019 to ...", "De mai 2019 à ...".
    private func opening(of index: Int) -> Int {
        guard let word = reader.word(index - 1), DateWords.openings.contains(word) else { return index }
        return index - 1
    }
}

extension DateScanner {
    private enum Ending {
        case date(PartialDate, next: Int)
        case present(next: Int)
    }

    /// What is between two dates: dashes, words like "to", or nothing.
    private struct Link {
        var next: Int
        var isExplicit = false
        /// A single dash, which at the end of a line leaves the span open.
        var isDash = false
    }

    private static let longestLink = 6

    private func link(at index: Int, after start: Int) -> Link? {
        var link = Link(next: index)
        while link.next < index + Self.longestLink {
            if reader.isDash(link.next) || reader.mark(link.next) == "/" {
                link.isDash = !link.isExplicit
                link.isExplicit = true
            } else if let word = reader.word(link.next), isLink(word, link, start) {
                link.isDash = false
                link.isExplicit = true
            } else if link.isExplicit, let mark = reader.mark(link.next), mark == "'" || mark == "’" || mark == "." || mark == "(" {
                link.isDash = false
            } else {
                break
            }
            link.next += 1
        }
        return link
    }

    private func isLink(_ word: String, _ link: Link, _ start: Int) -> Bool {
        if link.isExplicit {
            // "to present": "present" ends the span.
            return (DateWords.fillers.contains(word) || DateWords.until.contains(word)) && DateWords.month(word) == nil
        }
        if DateWords.until.contains(word) { return true }
        guard let opening = reader.word(start - 1) else { return false }
        return DateWords.between.contains(opening) && DateWords.and.contains(word)
    }

    /// What follows the first date of a span.
    private func ending(at index: Int, after start: Int) -> Ending? {
        guard let link = link(at: index, after: start) else { return nil }
        if let present = present(at: link) { return present }
        if let (date, next) = reader.date(at: link.next) {
            if link.isExplicit { return .date(date, next: next) }
            return isBeside(start..<index, date, link.next..<next) ? .date(date, next: next) : nil
        }
        guard link.isExplicit else { return nil }
        // "2016–18"
        if link.next == index + 1, let short = reader.number(link.next), short.digits == 2, let first = reader.number(index - 1),
            first.digits == 4, short.value > first.value % 100
        {
            return .date(PartialDate(year: first.value / 100 * 100 + short.value), next: link.next + 1)
        }
        // "2019 –" at the end of the line.
        return link.isDash && reader.isEnd(link.next) ? .present(next: link.next) : nil
    }

    private func present(at link: Link) -> Ending? {
        guard let word = reader.word(link.next) else { return nil }
        var next = link.next + 1
        guard (link.isExplicit ? DateWords.ongoingAfterLink : DateWords.ongoing).contains(word) else { return nil }
        if reader.mark(next) == "'" || reader.mark(next) == "’", reader.word(next + 1) == "hui" { next += 2 }
        if let word = reader.word(next), DateWords.afterOngoing.contains(word) { next += 1 }
        // Beside a date, "current" may be the first word of something else.
        return link.isExplicit || reader.closes(next) ? .present(next: next) : nil
    }

    /// Whether two dates without anything between them are a span: in order, and not three in a row.
    private func isBeside(_ first: Range<Int>, _ end: PartialDate, _ second: Range<Int>) -> Bool {
        guard let (start, _) = reader.date(at: first.lowerBound), start.monthsSinceZero <= end.lastPossibleMonth else { return false }
        if start.month != nil, end.month != nil { return true }
        // Numbers beside numbers are a telephone number or a table.
        return reader.number(first.lowerBound - 1) == nil && reader.mark(first.lowerBound - 1) != "+"
            && reader.number(second.upperBound) == nil
            && start.month == nil && end.month == nil && start.year < end.year
    }
}
