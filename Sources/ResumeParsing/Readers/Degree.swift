/// A degree's level and field, from its wording: "BSc (Hons) Accounting", "Master of Science in Nursing".
struct Degree {
    let level: EducationLevel
    let field: String?

    init?(_ text: String) {
        let words = text.split { $0.isWhitespace }.map(String.init)
        let folded = words.map { $0.folded.filter { $0.isLetter } }
        guard let (name, range) = Self.name(in: folded) else { return nil }
        level = name.level
        field = name.hasField ? Self.field(after: range, words, folded) : nil
    }

    private struct Name {
        let words: [String]
        let level: EducationLevel
        let hasField: Bool
    }

    private static func name(in folded: [String]) -> (Name, Range<Int>)? {
        for name in names {
            // A degree is at or near the beginning of its phrase; later on, "master" and "ba" are other words.
            // "Grady High School" is a school: that degree must come first.
            let places = name.level == .highSchool ? 1 : name.words.count > 1 ? 6 : 3
            for start in folded.indices.prefix(places) where folded[start...].starts(with: name.words) {
                return (name, start..<start + name.words.count)
            }
        }
        return nil
    }

    private static func field(after range: Range<Int>, _ words: [String], _ folded: [String]) -> String? {
        var start = range.upperBound
        while start < words.count, fillers.contains(folded[start]) || words[start].hasPrefix("(") { start += 1 }
        let field = words[start...].joined(separator: " ").prefix { $0 != "," && $0 != ";" && $0 != "(" }
        let clean = field.trimmed(of: ["-", "–", ":", ".", "|"])
        return clean.isEmpty ? nil : clean
    }

    private static let fillers: Set<String> = [
        "in", "of", "with", "hons", "honours", "honors", "degree", "the", "en", "de", "", "im", "major", "d", "fach",
    ]

    // Longest first, so that "bachelor of science" isn't "bachelor" with the field "Science".
    private static let names: [Name] = {
        var names: [Name] = []
        for (level, list) in wordings {
            for wording in list.split(separator: "|") {
                let words = wording.split(separator: " ").map(String.init)
                names.append(Name(words: words, level: level, hasField: level != .highSchool))
            }
        }
        return names.sorted { ($0.words.count, $1.words.joined()) > ($1.words.count, $0.words.joined()) }
    }()

    private static let wordings: [(EducationLevel, String)] = [
        (
            .doctorate,
            """
            phd|doctor of philosophy|doctor of medicine|doctor of|doctorate|doctorate in|dphil|md|jd|juris doctor|pharmd|dds|dnp|\
            edd|doktor|promotion|doctorat|doctorado
            """
        ),
        (
            .master,
            """
            master of science|master of arts|master of engineering|master of education|master of laws|master of technology|master|\
            masters|master of|msc|ms|ma|meng|med|mba|msn|mtech|mca|mfa|mph|mphil|llm|maestria|magister|diplom|diplome dingenieur|\
            msci|mchem|mphys|mres|diplomingenieur|diplom ingenieur|mestrado
            """
        ),
        (
            .bachelor,
            """
            bachelor of science|bachelor of arts|bachelor of engineering|bachelor of technology|bachelor of applied science|\
            bachelor of laws|bachelor of fine arts|bachelor of|bachelor|bachelors|hbo|bsc|bs|ba|beng|be|btech|bba|bfa|bsn|bcom|bca|llb|\
            bed|licence|licenciatura|licenciado|licenciada|grado en|laurea|bacharelado|inzynier|licencjat
            """
        ),
        (
            .associate,
            """
            associate of applied science|associate of science|associate of arts|associate degree|associates degree|associates|aas|\
            hnd|foundation degree
            """
        ),
        (
            .certificate,
            """
            certificate|certificate of|diplome|graduate certificate|diploma|postgraduate diploma|higher national diploma|\
            apprenticeship|lehre zum|lehre zur|lehre als|berufsausbildung zum|berufsausbildung zur|ausbildung als|vocational training|bootcamp|trade certificate|journeyman|tecnico superior|ausbildung zum|\
            ausbildung zur|bts|dut
            """
        ),
        (
            .highSchool,
            """
            high school diploma|high school|ged|abitur|baccalaureat|a levels|gcse|secondary school certificate|bachillerato|matura|\
            fachabitur|realschulabschluss|highers|fachoberschulreife|fachhochschulreife|mittlere reife|hauptschulabschluss|\
            leaving certificate|havo|vwo
            """
        ),
    ]
}
