/// A span of time in a line, and where it is.
struct DateRange: Equatable {
    var start: PartialDate?
    var end: PartialDate?
    var isCurrent = false
    let place: Range<String.Index>

    /// The first span in a line; nil if there is none. A single date isn't a span.
    static func first(in text: String) -> DateRange? {
        var scanner = DateScanner(text)
        return scanner.range()
    }

    /// The last date in a line, alone or closing a span, as degrees are dated.
    static func date(in text: String) -> DateRange? {
        if let range = first(in: text) { return range }
        var scanner = DateScanner(text)
        return scanner.lastDate()
    }

    /// The line without the span and without the brackets and separators around it.
    func removed(from text: String) -> String {
        let before = text[..<place.lowerBound].trimmed(start: Self.separators, end: Self.separators.union(["(", "["]))
        let after = text[place.upperBound...].trimmed(start: Self.separators.union([")", "]"]), end: Self.separators)
        if before.isEmpty || after.isEmpty { return before + after }
        return before + "\t" + after
    }

    private static let separators: Set<Character> = ["|", ",", ";", ":", "-", "–", "—", "•", "·", "/"]
}
