/// A resume split at its headings.
struct ResumeSections {
    private var parts: [(kind: SectionKind, lines: [ResumeLine])] = [(.top, [])]
    private var unwrapped: [SectionKind: [ResumeLine]] = [:]

    init(of text: String, prominentLine: String?) {
        let name = prominentLine?.foldedWords ?? []
        let lines = Self.withoutRunningHeads(ResumeLine.lines(of: text)).filter { !Self.isDocumentTitle($0) }
        let titled = Self.isHeadOfParticulars(lines)
        for (index, line) in lines.enumerated() {
            if index == 0, titled {
                if let rest = opening(line)?.1 { parts[0].lines.append(rest) }
                continue
            }
            // Next to a sidebar the name is above the second column, in the middle of the text.
            if !name.isEmpty, line.text.foldedWords == name { parts.append((.top, [])) }
            add(line)
        }
        if parts.allSatisfy({ $0.kind == .top }) { sortParagraphs() }
        for (kind, lines) in parts {
            var lines = lines
            // Two parts of a kind never continue each other.
            if !lines.isEmpty { lines[0].followsGap = true }
            unwrapped[kind, default: []] += lines.unwrapped
        }
    }

    /// The lines of every part of a kind, with wrapped lines joined.
    func lines(of kind: SectionKind) -> [ResumeLine] { unwrapped[kind] ?? [] }

    /// Where a person's contact data is.
    var particulars: [ResumeLine] {
        parts.filter { $0.kind == .top || $0.kind == .contact }.flatMap(\.lines)
    }

    /// The country of the first place that a line names unambiguously.
    var country: String? {
        all.lazy.flatMap(\.columns).compactMap(Place.whole).first(where: \.isQualified)?.country
    }

    var all: [ResumeLine] { parts.flatMap(\.lines) }

    /// Whether the first line is a heading, "Profile", with the name and the address below it: then it is the document's title.
    private static func isHeadOfParticulars(_ lines: [ResumeLine]) -> Bool {
        guard let first = lines.first, first.columns.contains(where: { SectionKind.heading($0) != nil }) else { return false }
        for line in lines.dropFirst().prefix(5) {
            if line.text.contains("@") { return true }
            guard line.text.split(separator: " ").count <= 8, SectionKind.heading(line.text) == nil else { return false }
        }
        return false
    }

    /// Without the lines that stand on every page: with a page's number or the document's name, three times or more.
    private static func withoutRunningHeads(_ lines: [ResumeLine]) -> [ResumeLine] {
        func shape(_ line: ResumeLine) -> String { line.text.filter { !$0.isNumber } }
        var counts: [String: Int] = [:]
        for line in lines where line.text.utf8.count <= ParsingLimits.field { counts[shape(line), default: 0] += 1 }
        return lines.filter { line in
            guard counts[shape(line), default: 0] >= 3, DateRange.first(in: line.text) == nil else { return true }
            return !line.text.foldedWords.contains(where: {
                $0 == "cv" || $0 == "vitae" || $0 == "resume" || $0 == "page" || $0 == "lebenslauf"
            })
        }
    }

    private static func isDocumentTitle(_ line: ResumeLine) -> Bool {
        line.columns.count == 1 && DocumentWords.isTitle(line.text) && SectionKind.heading(line.text) == nil
    }

    private mutating func add(_ line: ResumeLine) {
        if !line.isBullet || isHeadingWithIcon(line), let (kind, rest) = opening(line) {
            parts.append((kind, rest.map { [$0] } ?? []))
        } else {
            parts[parts.count - 1].lines.append(line)
        }
    }

    /// Without headings, a paragraph says itself what it is: dated ones are employments and degrees.
    private mutating func sortParagraphs() {
        var kind = SectionKind.top
        var sorted: [(kind: SectionKind, lines: [ResumeLine])] = []
        for line in all {
            if line.followsGap || kind == .languages || kind == .skills { kind = .top }
            var line = line
            if DateRange.employment(in: line.text) != nil, !line.text.contains("@") {
                kind = line.text.splitAtCommas.contains { Degree($0) != nil } ? .education : .experience
                line.followsGap = true
            } else if kind == .top, let list = Self.listedSkills(line.text) {
                kind = .skills
                line.text = list
            } else if kind == .top, line.text.foldedWords.count(where: { SpokenLanguages.name(in: $0) != nil }) >= 2 {
                kind = .languages
            }
            if sorted.last?.kind == kind { sorted[sorted.count - 1].lines.append(line) } else { sorted.append((kind, [line])) }
        }
        parts = sorted.isEmpty ? [(.top, [])] : sorted
    }

    /// "Strong in Wine Service, Rostering, Complaint Handling."
    private static func listedSkills(_ text: String) -> String? {
        guard text.count(where: { $0 == "," }) >= 2 else { return nil }
        for opening in [
            "Strong in ", "Skilled in ", "Skills in ", "Proficient in ", "Experienced in ", "Good at ", "Kenntnisse in ", "Skills: ",
        ]
        where text.hasPrefix(opening) {
            return String(text.dropFirst(opening.count))
        }
        return nil
    }

    /// Icons before headings come out of PDFs as bullets; a skill with the name of a section has other bullets beside it.
    private func isHeadingWithIcon(_ line: ResumeLine) -> Bool {
        line.followsGap && line.text.split(separator: " ").count <= 3 && SectionKind.heading(line.text) != nil
    }

    /// A heading alone on its line, at the left of a line, or before a colon.
    private func opening(_ line: ResumeLine) -> (SectionKind, ResumeLine?)? {
        if let kind = SectionKind.heading(line.text), !isEntryOfSkills(line) { return (kind, nil) }
        let columns = line.columns
        if columns.count > 1, let kind = SectionKind.heading(columns[0]), allowsInline(kind, before: columns[1]) {
            return (kind, ResumeLine(columns.dropFirst().joined(separator: "\t")))
        }
        guard let colon = line.text.firstIndex(of: ":"), let kind = SectionKind.heading(String(line.text[..<colon])) else { return nil }
        let rest = line.text[line.text.index(after: colon)...].trimmed
        guard !rest.isEmpty, allowsInline(kind, before: rest) else { return nil }
        return (kind, ResumeLine(rest))
    }

    // A skill may have the name of a section: "Research", "Training", "Software".
    private func isEntryOfSkills(_ line: ResumeLine) -> Bool {
        guard parts.last?.kind == .skills, !line.followsGap, !line.text.isAllCapitals else { return false }
        return line.text.first?.isLowercase == true
    }

    /// Inside employments "Tools: Git" belongs to the employment, and among skills "Languages: Go" aren't spoken ones.
    private func allowsInline(_ kind: SectionKind, before rest: String) -> Bool {
        switch parts.last?.kind {
        case .experience, .other: return ![.skills, .summary, .experience, .contact, .other].contains(kind)
        case .skills where kind == .languages: return SpokenLanguages.name(in: rest.foldedWords.first ?? "") != nil
        case .skills where kind == .skills: return false
        default: return true
        }
    }
}
