/// Where the writer lives, according to the contact section.
struct LocationReader {
    let sections: ResumeSections

    func location() -> (place: Place, confidence: Double)? {
        let pieces = sections.particulars.prefix(20).flatMap { Self.pieces(of: $0.text) }
        if let place = pieces.lazy.compactMap(Place.whole).first(where: \.isQualified) { return (place, 0.95) }
        // A street before the city: "12 Mill Lane, Leeds LS1 4AP, United Kingdom".
        if let place = pieces.lazy.compactMap({ Place.trailing($0)?.place }).first { return (place, 0.85) }
        return pieces.lazy.compactMap(Place.whole).first.map { ($0, 0.8) } ?? town().map { ($0, 0.5) }
    }

    /// A word of its own beside the address, as a town is that no list knows.
    private func town() -> Place? {
        for line in sections.particulars.prefix(8) where line.text.contains("@") {
            for piece in line.text.split(whereSeparator: { "|•·\t;".contains($0) }).map(\.trimmed) {
                let isName = line.text.folded.contains(piece.folded + "@") || line.text.folded.contains(piece.folded + ".")
                guard piece.count > 2, piece.first?.isUppercase == true, piece.allSatisfy({ $0.isLetter || $0 == "-" }), !isName,
                    SectionKind.heading(piece) == nil, !DocumentWords.isNoun(piece.folded), !JobWords.isLikelyTitle(piece)
                else { continue }
                return Place(text: piece, country: nil, isQualified: false)
            }
        }
        return nil
    }

    private static func pieces(of text: String) -> [String] {
        text.split { "|•·\t;".contains($0) }.map { piece in
            let value = piece.split(separator: ":").last.map(String.init) ?? String(piece)
            // "Utrecht, Netherlands, +31 6 12345678, r@mail.example"
            let parts = value.splitAtCommas
            let place = parts.filter { !$0.contains("@") && $0.count(where: \.isNumber) < 7 }
            return (place.count < parts.count ? place.joined(separator: ", ") : value).trimmed(of: [",", "-", "–"])
        }
    }
}

/// What the writer calls themself below the name.
struct HeadlineReader {
    let sections: ResumeSections
    let name: String?

    func headline() -> Confident<String>? {
        let lines = sections.particulars.prefix(10).filter { line in
            line.text.folded != name?.folded && line.text.split(separator: " ").count <= 14 && !line.text.contains("@")
        }
        let candidates = lines.flatMap(\.columns).filter {
            Place.whole($0) == nil && $0.count { $0.isNumber } < 4 && NameReader.candidate($0) == nil
        }
        guard let headline = candidates.first(where: JobWords.isLikelyTitle) else { return nil }
        return Confident(headline.cut(to: ParsingLimits.field), JobWords.lean(of: headline) >= 2 ? 0.9 : 0.7)
    }
}

/// The writer's own words about themself: the section of that name, or else a paragraph at the top.
struct SummaryReader {
    let sections: ResumeSections

    func summary() -> Confident<String>? {
        let lines = sections.lines(of: .summary)
        if !lines.isEmpty { return Confident(Self.joined(lines), 0.95) }
        let paragraph = sections.lines(of: .top).filter { $0.text.split(separator: " ").count >= 12 && !$0.text.contains("@") }
        return paragraph.isEmpty ? nil : Confident(Self.joined(paragraph), 0.7)
    }

    private static func joined(_ lines: [ResumeLine]) -> String {
        lines.map(\.text).joined(separator: " ").cut(to: ParsingLimits.summary)
    }
}
