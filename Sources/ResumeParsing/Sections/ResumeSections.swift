/// A resume split at its headings.
struct ResumeSections {
    private var parts: [(kind: SectionKind, lines: [ResumeLine])] = [(.top, [])]
    private var unwrapped: [SectionKind: [ResumeLine]] = [:]

    init(of text: String, prominentLine: String?) {
        let name = prominentLine?.foldedWords ?? []
        for line in ResumeLine.lines(of: text) where !Self.documentTitles.contains(line.text.folded) {
            // Next to a sidebar the name is above the second column, in the middle of the text.
            if !name.isEmpty, line.text.foldedWords == name { parts.append((.top, [])) }
            add(line)
        }
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

    private mutating func add(_ line: ResumeLine) {
        if !line.isBullet, let (kind, rest) = opening(line) {
            parts.append((kind, rest.map { [$0] } ?? []))
        } else {
            parts[parts.count - 1].lines.append(line)
        }
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

    private static let documentTitles: Set<String> = [
        "curriculum vitae", "resume", "cv", "lebenslauf", "hoja de vida", "curriculo", "vitae", "tabellarischer lebenslauf",
    ]
}
