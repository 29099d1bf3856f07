import Foundation

/// The lines above an employment, split into title, employer, place and dates, whatever their order.
struct EntryHeader {
    private(set) var dates: DateRange?
    private(set) var location: String?
    private(set) var title: String?
    private(set) var employer: String?
    /// How clearly title and employer could be told apart, 0...1.
    private(set) var clarity = 0.0

    init(_ lines: [ResumeLine]) {
        var parts: [String] = []
        for line in lines {
            var text = withoutLabel(line.text)
            if dates == nil, let range = DateRange.first(in: text) ?? lone(text, lines) {
                dates = range
                text = range.removed(from: text)
            }
            parts += Self.parts(of: text)
        }
        parts = parts.filter { !Self.noise.contains($0.folded) && !Self.isDuration($0) }.compactMap { takePlace(from: $0) }
        if parts.count == 1 { parts = Self.atCommas(parts[0]) }
        assign(parts)
    }

    /// A single date counts where no line has a span.
    private func lone(_ text: String, _ lines: [ResumeLine]) -> DateRange? {
        guard let date = DateRange.employment(in: text), !lines.contains(where: { DateRange.first(in: $0.text) != nil }) else { return nil }
        return date
    }

    /// Removes the place from a part; nil if there was nothing else in it.
    private mutating func takePlace(from part: String) -> String? {
        guard location == nil else { return part }
        if let place = Place.whole(part), JobWords.lean(of: part) == 0 {
            location = place.text
            return nil
        }
        if let (rest, place) = Place.trailing(part) {
            location = place.text
            return rest
        }
        // After a company's legal form, what follows the comma is its town even if it is on no list.
        let pieces = part.split(separator: ",").map(\.trimmed)
        if pieces.count == 2, JobWords.lean(of: pieces[0]) <= -2, JobWords.lean(of: pieces[1]) == 0, !pieces[1].contains(where: \.isNumber)
        {
            location = pieces[1]
            return pieces[0]
        }
        return part
    }

    private mutating func assign(_ parts: [String]) {
        if title != nil || employer != nil { return fill(parts) }
        guard let first = parts.first else { return }
        guard parts.count > 1 else {
            let lean = JobWords.lean(of: first)
            // A place next to a name of unknown kind makes it an employer's.
            if lean < 0 || (lean == 0 && location != nil) { employer = first } else { title = first }
            clarity = abs(lean) / 2
            return
        }
        let parts = withoutTown(parts)
        guard parts.count > 1 else { return assign(parts) }
        let leans = parts.prefix(4).map(JobWords.lean)
        // Without a hint the title comes first, as in two of three resumes.
        let titleIndex = leans.indices.max { (leans[$0], -$0) < (leans[$1], -$1) } ?? 0
        let others = leans.indices.filter { $0 != titleIndex }
        let employerIndex = others.min { (leans[$0], $0) < (leans[$1], $1) } ?? 0
        title = parts[titleIndex]
        employer = parts[employerIndex]
        clarity = min(1, (leans[titleIndex] - leans[employerIndex]) / 2)
    }

    /// With title and employer known, a word or two of no meaning beside them are the town, which is on no list: "Hotel Costa Verde",
    /// "Santander", "Kitchen porter"; "Stedelijk Lyceum, Nijmegen".
    private mutating func withoutTown(_ parts: [String]) -> [String] {
        guard location == nil, parts.count > 1, parts.contains(where: { JobWords.lean(of: $0) > 0 }) else { return parts }
        if parts.count == 3, let town = parts.indices.dropFirst().last(where: { Self.isTown(parts[$0]) }) {
            location = parts[town]
            return parts.indices.filter { $0 != town }.map { parts[$0] }
        }
        return parts.map { part in
            let pieces = part.split(separator: ",").map(\.trimmed)
            guard location == nil, pieces.count == 2, JobWords.lean(of: pieces[0]) <= 0, Self.isTown(pieces[1]) else { return part }
            location = pieces[1]
            return pieces[0]
        }
    }

    private static func isTown(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return (1...3).contains(words.count) && JobWords.lean(of: text) == 0 && !text.contains(where: \.isNumber) && !text.isAllCapitals
            && words[0].first?.isUppercase == true && words[words.count - 1].first?.isUppercase == true
            && text.allSatisfy { $0.isLetter || " -'’.".contains($0) }
    }

    /// Reads title and employer if the resume labels them: "Role: Nurse", "Company: Acme".
    private mutating func withoutLabel(_ text: String) -> String {
        guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "\t" }) else { return text }
        let label = text[..<colon].trimmed.folded
        let value = text[text.index(after: colon)...].trimmed
        guard let kind = Self.labels[label], !value.isEmpty else { return text }
        switch kind {
        case .title: title = value
        case .employer: employer = value
        case .other: return value
        }
        return ""
    }

    private mutating func fill(_ parts: [String]) {
        var parts = parts[...]
        if title == nil { title = parts.popFirst() }
        if employer == nil { employer = parts.popFirst() }
        clarity = 1
    }

    /// Whether a line only names columns, like the first row of a table.
    static func isTableHead(_ line: ResumeLine) -> Bool {
        line.columns.count > 1
            && line.columns.allSatisfy { column in
                labels[column.folded] != nil || column.foldedWords.first.map { labels[$0] != nil } == true
            }
            && DateRange.first(in: line.text) == nil && line.columns.allSatisfy { $0.split(separator: " ").count <= 4 }
    }

    private enum Label { case title, employer, other }

    private static let labels: [String: Label] = [
        "company": .employer, "company name": .employer, "employer": .employer, "organization": .employer, "organisation": .employer,
        "client": .employer, "firma": .employer, "arbeitgeber": .employer, "empresa": .employer, "entreprise": .employer,
        "role": .title, "position": .title, "title": .title, "job title": .title, "designation": .title, "puesto": .title, "cargo": .title,
        "poste": .title, "duration": .other, "period": .other, "dates": .other, "date": .other, "from": .other, "to": .other,
        "years": .other,
        "location": .other, "place": .other, "zeitraum": .other, "fechas": .other, "fecha": .other, "periodo": .other, "periode": .other,
        "tatigkeit": .title, "stelle": .title, "funktion": .title, "functie": .title, "werkgever": .employer, "azienda": .employer,
        "posizione": .title, "funcao": .title, "okres": .other, "stanowisko": .title, "pracodawca": .employer, "employeur": .employer,
        "intitule": .title, "unternehmen": .employer, "bedrijf": .employer,
    ]

    private static func parts(of text: String) -> [String] {
        var pieces = [text]
        for separator in ["\t", " | ", " • ", " · ", " – ", " — ", " - ", " // ", " @ "] {
            pieces = pieces.flatMap { $0.components(separatedBy: separator) }
        }
        return pieces.flatMap(atWordAt).map { $0.trimmedOfMarks }.filter { $0.count > 1 }
    }

    /// "Line Cook at Rosie's Diner"
    private static func atWordAt(_ text: String) -> [String] {
        for word in [" at ", " bei ", " bij ", " chez "] {
            guard let range = text.range(of: word) else { continue }
            let before = String(text[..<range.lowerBound])
            if JobWords.isLikelyTitle(before) { return [before, String(text[range.upperBound...])] }
        }
        return [text]
    }

    /// "Engineer, Acme, Inc.": splits at the commas between names, keeping legal forms with their company.
    private static func atCommas(_ text: String) -> [String] {
        var pieces: [String] = []
        for piece in text.split(separator: ",").map(\.trimmed) {
            let isLegalForm = piece.split(separator: " ").count == 1 && JobWords.lean(of: piece) <= -2
            if isLegalForm, !pieces.isEmpty {
                pieces[pieces.count - 1] += ", " + piece
            } else {
                pieces.append(piece)
            }
        }
        // A comma inside a title or a name doesn't separate the two.
        let leans = pieces.map(JobWords.lean)
        if pieces.count == 2, leans[0] != 0, leans[0].sign == leans[1].sign, leans[1] != 0 { return [text] }
        return pieces
    }

    /// "4 years 8 months", as networks write next to the dates.
    static func isDuration(_ text: String) -> Bool {
        let words = text.foldedWords
        guard words.contains(where: { $0.hasPrefix("year") || $0.hasPrefix("yr") || $0.hasPrefix("mo") }) else { return false }
        return words.allSatisfy { Int($0) != nil || durations.contains($0) }
    }

    private static let durations: Set<String> = ["year", "years", "yr", "yrs", "month", "months", "mo", "mos", "less", "than", "a", "and"]

    private static let noise: Set<String> = [
        "full-time", "part-time", "full time", "part time", "contract", "permanent", "temporary", "internship", "seasonal", "vollzeit",
        "teilzeit",
        "contractor", "on-site", "onsite",
    ]
}
