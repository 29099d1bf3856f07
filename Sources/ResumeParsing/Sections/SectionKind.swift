/// The parts of a resume, recognized by their headings.
enum SectionKind: CaseIterable {
    /// Before the first heading: name and contact.
    case top
    case contact, summary, experience, education, skills, languages, certifications, other

    /// The part that a heading begins; nil for a line that isn't a heading.
    static func heading(_ text: String) -> SectionKind? {
        let words = words(of: text)
        guard (1...5).contains(words.count) else { return nil }
        if let kind = headings[words.joined(separator: " ")] { return kind }
        // "Skills & Tools", "Education and Certifications": the first decides.
        if let and = words.firstIndex(where: { conjunctions.contains($0) }), and > 0 {
            let parts = [words[..<and], words[(and + 1)...]].map { headings[$0.joined(separator: " ")] }
            // "Summary and Employment" holds the employments.
            if parts[1] == .experience { return .experience }
            if let first = parts[0], parts[1] != nil || and == 1 { return first }
        }
        guard words.count > 1, let last = words.last, let kind = nouns[last] else { return nil }
        return words.dropLast().allSatisfy(modifiers.contains) ? kind : nil
    }

    /// Spaced capitals, "S K I L L S", are read as the word that they spell.
    private static func words(of text: String) -> [String] {
        let groups = text.split { $0 == "\t" }.map { $0.map { $0 == "&" ? " and " : String($0) }.joined().foldedWords }
        return groups.flatMap { $0.count >= 4 && $0.allSatisfy { $0.count == 1 } ? [$0.joined()] : $0 }
    }

    private static let conjunctions: Set<String> = ["and", "und", "y", "et", "e"]

    private static let modifiers: Set<String> = [
        "academic", "additional", "business", "career", "clinical", "computer", "consulting", "core", "digital", "employment", "formal",
        "freelance", "further", "hard", "industry", "industrial", "international", "internship", "it", "key", "language", "leadership",
        "legal", "job", "peer", "reviewed", "invited", "major", "notable", "refereed", "conference", "relevant", "external", "public",
        "main", "military", "nursing", "other", "personal", "practical", "previous", "primary", "qualifications", "professional", "recent",
        "related",
        "relevant",
        "research", "selected", "soft", "software", "special", "summary", "teaching", "technical", "top", "volunteer", "work", "working",
        "and", "of",
    ]

    private static let nouns: [String: SectionKind] = [
        "experience": .experience, "experiences": .experience, "appointments": .experience, "positions": .experience,
        "history": .experience, "employment": .experience, "background": .experience,
        "education": .education, "qualifications": .education, "studies": .education, "training": .education,
        "skills": .skills, "competencies": .skills, "competences": .skills, "expertise": .skills, "proficiencies": .skills,
        "tools": .skills,
        "certifications": .certifications, "certificates": .certifications, "licenses": .certifications, "summary": .summary,
        "profile": .summary, "information": .contact, "details": .contact, "projects": .other, "publications": .other, "papers": .other,
        "grants": .other, "funding": .other, "awards": .other,
        "fellowships": .other, "presentations": .other, "talks": .other, "supervision": .other, "prizes": .other, "honors": .other,
        "honours": .other, "patents": .other, "references": .other, "outreach": .other, "languages": .languages,
        "memberships": .certifications, "interests": .other, "activities": .other,
    ]

    private static let headings: [String: SectionKind] = {
        var headings: [String: SectionKind] = [:]
        for (kind, names) in SectionHeadings.byKind {
            for name in names.split(separator: "|") { headings[name.trimmed] = kind }
        }
        return headings
    }()
}
