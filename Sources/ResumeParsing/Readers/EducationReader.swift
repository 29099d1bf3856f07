import Foundation

/// Degrees and schools from the education section. A second school, degree or date begins the next entry.
struct EducationReader {
    private struct Draft {
        var record = EducationRecord()
        var isDated = false

        var isEmpty: Bool { record.institution == nil && record.degree == nil }
    }

    private var drafts: [Draft] = []

    init(lines: [ResumeLine]) {
        for line in lines where !isDetail(line) { read(line) }
    }

    func education() -> [EducationRecord] {
        drafts.filter { !$0.isEmpty }.prefix(ParsingLimits.schools).map { draft in
            var record = draft.record
            record.institution = record.institution?.cut(to: ParsingLimits.field)
            record.degree = record.degree?.cut(to: ParsingLimits.field)
            record.field = record.field?.cut(to: ParsingLimits.field)
            let known = [record.institution != nil, record.level != nil, draft.isDated].count { $0 }
            record.confidence = [0.2, 0.45, 0.75, 0.95][known]
            return record
        }
    }

    private func isDetail(_ line: ResumeLine) -> Bool {
        let text = line.text.folded
        return text.hasPrefix("gpa") || text.hasPrefix("relevant coursework") || text.hasPrefix("coursework") || line.text.count > 160
    }

    private mutating func read(_ line: ResumeLine) {
        let dates = DateRange.date(in: line.text)
        let text = dates.map { $0.removed(from: line.text) } ?? line.text
        let parts = Self.parts(of: text).filter { Place.whole($0) == nil || Institution.isName($0) }
        let degree = parts.firstIndex { Degree($0) != nil }
        let school = parts.firstIndex { Institution.isName($0) }
        if begins(degree: degree != nil, school: school != nil, dates: dates != nil, gap: line.followsGap) { drafts.append(Draft()) }
        let index = drafts.count - 1
        if let dates { date(index, dates) }
        if let school, school != degree { drafts[index].record.institution = Self.withoutPlace(parts[school]) }
        if let degree {
            let parsed = Degree(parts[degree])
            drafts[index].record.degree = Self.withoutGrade(parts[degree])
            drafts[index].record.level = parsed?.level
            let next = parts.indices.contains(degree + 1) && degree + 1 != school ? parts[degree + 1] : nil
            let pieces = parts[degree].splitAtCommas
            // "BSc (Hons), Environmental Science"
            if pieces.count == 2, let name = Degree(pieces[0]), name.field == nil, name.level != .highSchool, Degree(pieces[1]) == nil {
                drafts[index].record.degree = Self.withoutGrade(pieces[0])
                drafts[index].record.field = Self.withoutGrade(pieces[1])
                return
            }
            // "Bachelor of Science - BS, Economics" says the degree twice.
            drafts[index].record.field = parsed?.field.map(Self.withoutGrade) ?? next.flatMap { Degree($0)?.field ?? $0 }
        } else if school == nil, let first = parts.first {
            fill(index, first)
        }
    }

    private func begins(degree: Bool, school: Bool, dates: Bool, gap: Bool) -> Bool {
        guard let last = drafts.last else { return true }
        if degree, last.record.degree != nil { return true }
        if school, last.record.institution != nil { return true }
        if dates, last.isDated, !last.isEmpty { return true }
        return gap && last.record.institution != nil && last.record.degree != nil
    }

    private mutating func date(_ index: Int, _ dates: DateRange) {
        drafts[index].record.startDate = dates.start
        drafts[index].record.endDate = dates.end
        drafts[index].isDated = true
    }

    /// A line of unknown kind names the school if only the degree is known, and the field otherwise.
    private mutating func fill(_ index: Int, _ text: String) {
        let record = drafts[index].record
        if record.institution == nil, record.degree != nil, text.split(separator: " ").count <= 8 {
            drafts[index].record.institution = text
        } else if record.degree == nil, record.institution != nil {
            drafts[index].record.degree = text
        }
    }

    private static func withoutGrade(_ text: String) -> String {
        text.range(of: "GPA").map { text[..<$0.lowerBound].trimmed(of: [",", "(", "-", ";"]) } ?? text
    }

    private static func withoutPlace(_ name: String) -> String {
        guard let (rest, place) = Place.trailing(name), place.isQualified, Institution.isName(rest) else { return name }
        return rest
    }

    /// Parts separated by marks; at commas too if school and degree share a line.
    private static func parts(of text: String) -> [String] {
        var pieces = [text]
        for separator in ["\t", " | ", " • ", " · ", " – ", " — ", " - ", " at "] {
            pieces = pieces.flatMap { $0.components(separatedBy: separator) }
        }
        pieces = pieces.flatMap { piece in
            let members = piece.splitAtCommas
            return members.contains { Degree($0) != nil } && members.contains(where: Institution.isName) ? members : [piece]
        }
        return pieces.map(\.trimmedOfMarks).filter { !$0.isEmpty }
    }
}

enum Institution {
    static func isName(_ text: String) -> Bool {
        // "High School Diploma" is a degree although it names a school.
        guard Degree(text)?.level != .highSchool else { return false }
        let words = text.split(separator: " ")
        // Schools known by their initials: INSA Lyon, HEC Paris.
        let initials = (words.first ?? "").filter(\.isLetter)
        if words.count <= 4, (3...6).contains(initials.count), initials.isAllCapitals, !notSchools.contains(String(initials)),
            Degree(text) == nil
        {
            return true
        }
        return text.foldedWords.contains(where: isWord)
    }

    /// Whether a folded word says that something is a school.
    static func isWord(_ word: String) -> Bool {
        names.contains(word) || word.hasSuffix("universitat") || word.hasSuffix("schule") || word.hasSuffix("kolleg")
            || word.hasSuffix("gymnasium") || word.hasSuffix("school") || word.hasSuffix("akademie") || word.hasSuffix("universiteit")
    }

    private static let notSchools: Set<String> = ["GPA", "USA", "CGPA", "ECTS", "OSHA", "GED"]

    private static let names: Set<String> = [
        "university", "college", "institute", "school", "academy", "polytechnic", "universitat", "hochschule", "gymnasium", "universidad",
        "universidade", "universite", "universita", "ecole", "lycee", "instituto", "institut", "escuela", "escola", "politecnico",
        "uniwersytet",
        "politechnika", "universiteit", "hogeschool", "conservatory", "seminary", "mit", "eth", "epfl", "ucla", "iit", "bootcamp", "univ",
        "lyceum", "liceo", "liceum", "faculdade", "colegio", "college", "akademie", "kolleg", "szkola", "universitet",
        "hogskola", "konservatorium",
    ]
}
