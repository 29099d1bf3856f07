/// A span of time in a line, and where it is.
struct DateRange: Equatable {
    var start: PartialDate?
    var end: PartialDate?
    var isCurrent = false
    let place: Range<String.Index>

    /// The first span in a line; nil if there is none. A single date isn't a span.
    static func first(in text: String) -> DateRange? {
        DateScanner(text).range()
    }

    /// The last date in a line, alone or closing a span, as degrees are dated.
    static func date(in text: String) -> DateRange? {
        if let range = first(in: text) { return range }
        return DateScanner(text).lastDate()
    }

    /// What dates an employment: a span, or a single date that has a column or brackets of its own.
    static func employment(in text: String) -> DateRange? {
        if let range = first(in: text) { return range }
        guard var date = DateScanner(text).lastDate() else { return nil }
        let before = text[..<date.place.lowerBound].last { $0 != " " }
        let after = text[date.place.upperBound...].first { $0 != " " }
        guard before == nil || before == "\t" || before == "(", after == nil || after == "\t" || after == ")" else { return nil }
        if before == nil, after == nil, date.end?.month == nil { return nil }
        date.start = date.end
        return date
    }

    /// The line without the span and without the brackets and separators around it.
    func removed(from text: String) -> String {
        let before = text[..<place.lowerBound].trimmed(start: Self.separators, end: Self.separators.union(["(", "["]))
        let after = text[place.upperBound...].trimmed(start: Self.separators.union([")", "]"]), end: Self.separators)
        if before.isEmpty || after.isEmpty { return before + after }
        return before + "\t" + after
    }

    private static let separators: Set<Character> = ["|", ",", ";", ":", "-", "–", "—", "•", "·", "/", "~"]
}
