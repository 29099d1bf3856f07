/// The writer's name: of all lines that could be one, the one for which most speaks. The largest line of the page may name the document or an
/// employer; the address beside a name doesn't mislead.
struct NameReader {
    private struct Candidate {
        let name: String
        let line: Int
        var points: Double
    }

    private let lines: [ResumeLine]
    private let prominentLine: String?
    /// The letters before the at sign of each address.
    private let locals: [String]

    init(sections: ResumeSections, prominentLine: String?, emails: [String]) {
        lines = Array(sections.particulars.prefix(Self.longestHead))
        self.prominentLine = prominentLine
        locals = emails.map { $0.prefix { $0 != "@" }.folded.filter(\.isLetter) }
    }

    private static let longestHead = 24

    func name() -> Confident<String>? {
        if let name = labeled() { return Confident(name, 0.95) }
        // Of equals the first.
        guard let best = candidates().enumerated().max(by: { ($0.element.points, -$0.offset) < ($1.element.points, -$1.offset) })?.element
        else {
            return nil
        }
        guard best.points > 0 || best.line == 0 else { return nil }
        let isSure = matchesEmail(best.name)
        return Confident(best.name, best.points >= 3 ? (isSure ? 0.98 : 0.9) : isSure ? 0.92 : 0.75)
    }

    private func candidates() -> [Candidate] {
        let prominent = prominentLine.flatMap(nameIfAny)
        let addresses = lines.indices.filter { isAddress(lines[$0].text) }
        var candidates: [Candidate] = []
        var seen: Set<String> = []
        if let prominent, seen.insert(prominent.folded).inserted {
            let line = lines.firstIndex { $0.text.foldedWords.contains(prominent.foldedWords) } ?? -1
            candidates.append(Candidate(name: prominent, line: line, points: 2))
        }
        for (index, line) in lines.enumerated() {
            for column in line.columns + (line.columns.count > 1 ? [line.text] : []) {
                guard let name = nameIfAny(column), seen.insert(name.folded).inserted else { continue }
                candidates.append(Candidate(name: name, line: index, points: index == 0 ? 0.5 : 0))
            }
        }
        return candidates.map { candidate in
            var candidate = candidate
            candidate.points += 1 - Self.doubt(candidate.name)
            if matchesEmail(candidate.name) { candidate.points += 3 }
            if let distance = addresses.map({ abs($0 - candidate.line) }).min(), candidate.line >= 0 {
                candidate.points += distance <= 1 ? 1.5 : distance == 2 ? 1 : 0
            }
            candidate.points -= Double(max(0, candidate.line)) * 0.05
            return candidate
        }
    }

    private func isAddress(_ text: String) -> Bool {
        text.contains("@") || text.count(where: { $0.isASCII && $0.isNumber }) >= 7 && DateRange.first(in: text) == nil
    }

    /// A single word is a name only if the address says so.
    private func nameIfAny(_ text: String) -> String? {
        let text = DocumentWords.removed(from: text)
        if let name = Self.candidate(text) { return name }
        let word = text.trimmed
        guard !word.contains(" "), word.count >= 3, word.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "'" }),
            word.first?.isUppercase == true
        else { return nil }
        let folded = word.folded.filter(\.isLetter)
        guard !DocumentWords.isNoun(word.folded), SectionKind.heading(word) == nil, locals.contains(where: { $0.hasPrefix(folded) }) else {
            return nil
        }
        return word.isAllCapitals ? Self.capitalized([word[...]]) : word
    }

    private func labeled() -> String? {
        var given: String?
        var family: String?
        for line in lines {
            let parts = line.text.split(maxSplits: 1, whereSeparator: { $0 == ":" || $0 == "\t" })
            guard parts.count == 2 else { continue }
            let label = parts[0].foldedWords.filter { !Self.labelFillers.contains($0) }.joined(separator: " ")
            let value = parts[1].trimmed(of: [":", "-", "–"]).split(separator: "\t").first.map(String.init) ?? ""
            if Self.labels.contains(label), let name = Self.candidate(value) { return name }
            guard value.count <= 40, value.split(separator: " ").allSatisfy(Self.isNamePart), !value.isEmpty else { continue }
            if Self.givenLabels.contains(label) { given = given ?? value }
            if Self.familyLabels.contains(label) { family = family ?? value }
        }
        guard let given, let family else { return nil }
        return Self.candidate(given + " " + family)
    }

    /// Whether part of the name is in the address, as in most addresses that people apply with.
    private func matchesEmail(_ name: String) -> Bool {
        name.foldedWords.contains { word in
            let spellings = [word.filter(\.isLetter)] + (word.contains(where: \.isLetter) ? [Self.spelledOut(word, in: name)] : [])
            return spellings.contains { spelling in spelling.count > 2 && locals.contains { $0.contains(spelling) } }
        }
    }

    /// German addresses spell "Krüger" as "krueger".
    private static func spelledOut(_ word: String, in name: String) -> String {
        guard let original = name.lowercased().split(whereSeparator: { !$0.isLetter }).first(where: { String($0).folded == word }) else {
            return ""
        }
        return original.map { ["ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe"][$0] ?? String($0) }.joined().folded
    }

    private static let labelFillers: Set<String> = [
        "your", "my", "the", "of", "candidate", "applicant", "s", "and", "und", "et", "y", "e", "i", "en",
    ]
    private static let labels: Set<String> = [
        "name", "full name", "legal name", "complete name", "nom", "nom complet", "nom prenom", "prenom nom", "nombre", "nombre completo",
        "nombre apellidos", "apellidos nombre", "nome", "nome completo", "nome cognome", "cognome nome", "naam", "volledige naam",
        "voor achternaam", "vor nachname", "vor zuname", "vorname nachname", "nachname vorname", "name vorname", "vorname name",
        "imie nazwisko", "nazwisko imie", "first last name", "namn", "navn", "ad soyad",
    ]
    private static let givenLabels: Set<String> = [
        "first name", "given name", "given names", "forename", "forenames", "vorname", "vornamen", "prenom", "prenoms", "nombre", "nombres",
        "nome",
        "voornaam", "voornamen", "imie", "imiona",
    ]
    private static let familyLabels: Set<String> = [
        "last name", "surname", "family name", "nachname", "familienname", "zuname", "nom", "nom famille", "nom de famille", "apellido",
        "apellidos", "cognome", "sobrenome", "apelido", "achternaam", "nazwisko",
    ]
}

extension NameReader {
    /// The text as a name, without titles and degrees; nil if it cannot be one.
    static func candidate(_ text: String) -> String? {
        let text = withoutCredentials(text)
        let words = text.split(separator: " ")
        // Names in scripts without spaces are one word.
        guard (2...8).contains(words.count) || (words.count == 1 && isUnspaced(text)), text.count <= 60 else { return nil }
        guard text.allSatisfy({ $0.isLetter || " .'’\"“”-()·".contains($0) }), words.allSatisfy(isNamePart) else { return nil }
        guard words.count <= 6 || words.contains(where: { particles.contains($0.lowercased()) }) else { return nil }
        if DocumentWords.isTitle(text) || text.foldedWords.contains(where: DocumentWords.isNoun) { return nil }
        if SectionKind.heading(text) != nil || Place.whole(text) != nil { return nil }
        if JobWords.isLikelyTitle(text), !hasSurnameOfTrade(text) { return nil }
        return text.isAllCapitals ? capitalized(words) : words.joined(separator: " ")
    }

    /// What speaks against a name: a word of employers, schools or trades in it.
    private static func doubt(_ name: String) -> Double {
        var doubt = 0.0
        let words = name.foldedWords
        if JobWords.lean(of: name) <= -1.5 {
            doubt += 2.5
        } else if JobWords.isLikelyEmployer(name) || JobWords.lean(of: name) < 0 {
            doubt += 1
        }
        if words.contains(where: { word in Institution.isWord(word) || employerEndings.contains { word.hasSuffix($0) } }) { doubt += 2.5 }
        if JobWords.isLikelyTitle(name) { doubt += 1 }
        if words.contains(where: { notInNames.contains($0) }) { doubt += 2 }
        return doubt
    }

    /// "Emily Baker" is a person, "Pastry Baker" is what she may be.
    private static func hasSurnameOfTrade(_ text: String) -> Bool {
        let words = text.foldedWords
        guard (2...3).contains(words.count), let last = words.last, surnames.contains(last) else { return false }
        return !words.dropLast().contains { JobWords.describesTrade($0) || SectionKind.heading($0) != nil }
    }

    private static func withoutCredentials(_ text: String) -> String {
        var text = (text.split(whereSeparator: { $0 == "," || $0 == "|" || $0 == "\t" }).first ?? "").trimmed
        var isTitled = true
        while isTitled {
            isTitled = false
            for prefix in titles where text.lowercased().hasPrefix(prefix) && text.count > prefix.count {
                text = text.dropFirst(prefix.count).trimmed
                isTitled = true
            }
        }
        var words = text.split(separator: " ")
        while words.count > 2, let last = words.last, credentials.contains(last.filter(\.isLetter).lowercased()) { words.removeLast() }
        return words.joined(separator: " ")
    }

    private static func isNamePart(_ word: Substring) -> Bool {
        if particles.contains(word.lowercased()) { return true }
        guard let first = word.first(where: \.isLetter) else { return false }
        if first.isUppercase || !first.isCased { return true }
        // "d'Arcy", "al-Zahra"
        guard let mark = word.firstIndex(where: { $0 == "'" || $0 == "’" || $0 == "-" }), word[..<mark].count <= 4 else { return false }
        return word[mark...].dropFirst().first?.isUppercase == true
    }

    private static func isUnspaced(_ text: String) -> Bool {
        (2...8).contains(text.count) && text.allSatisfy { $0.isLetter && !$0.isCased }
    }

    private static func capitalized(_ words: [Substring]) -> String {
        words.map { particles.contains($0.lowercased()) ? $0.lowercased() : $0.lowercased().capitalizedAtHyphens }.joined(separator: " ")
    }

    private static let titles = [
        "dr. ", "dr ", "prof. ", "mr. ", "ms. ", "mrs. ", "mr ", "mrs ", "ms ", "dipl.-ing. ", "dipl.-kfm. ", "ing. ", "mag. ", "herr ",
        "frau ",
        "m. ", "mme ", "sr. ", "sra. ", "d. ", "dott. ", "dott.ssa ", "dhr. ", "mevr. ", "mw. ", "drs. ", "ir. ",
    ]
    private static let particles: Set<String> = [
        "de", "da", "do", "dos", "das", "del", "della", "der", "den", "di", "la", "le", "las", "los", "van", "von", "zu", "zum", "zur",
        "bin",
        "bint", "ibn", "abu", "al", "el", "y", "e", "af", "av", "ter", "ten", "te", "du", "des", "'t", "’t", "san", "dello", "dei", "ben",
    ]
    private static let credentials: Set<String> = [
        "phd", "md", "rn", "bsn", "msn", "mba", "cpa", "pmp", "pe", "esq", "msc", "bsc", "aca", "acca", "cfa", "dds", "np", "lpn", "ma",
        "ba",
    ]
    private static let surnames: Set<String> = [
        "baker", "carpenter", "farmer", "painter", "steward", "cook", "mason", "barber", "butcher", "gardener", "tailor", "courier",
        "packer",
        "loader", "handler", "seller", "trader", "banker", "teller", "driver", "porter", "judge", "dean", "pilot", "captain", "guard",
        "fellow", "roofer", "plumber", "welder", "chef", "buyer", "planner", "writer", "author", "clerk", "host", "hostess", "head",
        "lehrer",
        "fahrer", "meister", "leiter", "berater", "kaufmann", "officer", "constable", "major", "sergeant", "server", "dancer", "actor",
        "conductor", "coach", "picker", "stocker", "broker", "cleaner", "partner", "owner", "contador", "jefe", "abogado",
    ]
    private static let employerEndings = [
        "werke", "gesellschaft", "verein", "verband", "klinik", "zentrum", "versicherung", "verwaltung", "professionals", "resources",
        "personnel", "talents", "careers", "stiftung", "genossenschaft", "sparkasse",
    ]
    /// Words of letterheads and headings.
    private static let notInNames: Set<String> = [
        "recruitment", "recruiting", "personal", "staffing", "agency", "agentur", "employment", "office", "team", "bureau", "faculty",
        "fakultat", "faculte", "facultad", "campus", "references", "available", "request", "dear", "position", "stelle", "phone", "email",
        "mobile", "address", "adresse", "anschrift", "telefon", "nationality", "date", "birth", "experience", "erfahrung", "skills",
    ]
}

extension [String] {
    /// Whether the words of another list stand in this one, side by side.
    fileprivate func contains(_ words: [String]) -> Bool {
        guard !words.isEmpty, words.count <= count else { return false }
        return indices.dropLast(words.count - 1).contains { self[$0..<$0 + words.count].elementsEqual(words) }
    }
}

extension String {
    fileprivate var capitalizedAtHyphens: String {
        var result = ""
        var isStart = true
        for character in self {
            result += isStart ? character.uppercased() : String(character)
            isStart = character == "-" || character == "'" || character == "’" || character == "."
        }
        return result
    }
}
