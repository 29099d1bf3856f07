/// The words by which a document says what it is: "Lebenslauf", "Hoja de vida", "Functional Resume Sample". Folded.
enum DocumentWords {
    /// Whether a line is only such words, with at most a date or a number.
    static func isTitle(_ text: String) -> Bool {
        let words = text.unspaced.foldedWords.filter { Int($0) == nil && DateWords.month($0) == nil }
        guard (1...8).contains(words.count), words.contains(where: nouns.contains) || words.count == 1 && kinds.contains(words[0]) else {
            return false
        }
        return words.allSatisfy { nouns.contains($0) || kinds.contains($0) || links.contains($0) }
    }

    /// The text without such words at its beginning and end: "Lebenslauf von Jonas Weber", "Maria Lindqvist – CV".
    static func removed(from text: String) -> String {
        let words = text.split { $0 == " " || $0 == "\t" }
        var kept = words[...]
        // A title ends where a name begins; "Vita" and "Page" alone are also names.
        if let end = prefix(of: words) { kept = words[end...] }
        if let start = suffix(of: kept) { kept = kept[..<start] }
        guard kept.count < words.count else { return text }
        return kept.joined(separator: " ").trimmed(of: marks)
    }

    /// Whether a word never is part of a name.
    static func isNoun(_ word: String) -> Bool { nouns.contains(word) }

    private static func prefix(of words: [Substring]) -> Int? {
        let folded = words.map { $0.foldedWords.joined(separator: " ") }
        var end = 0
        var hasNoun = false
        while end < words.count, end < 6 {
            let word = folded[end]
            let isTitle =
                nouns.contains(word)
                || (kinds.contains(word) && (hasNoun || folded.dropFirst(end + 1).prefix(3).contains(where: nouns.contains)))
            guard isTitle || word.isEmpty || (hasNoun && links.contains(word)) || (hasNoun && phrases.contains(word)) else { break }
            hasNoun = hasNoun || nouns.contains(word)
            end += 1
        }
        return hasNoun && end < words.count ? end : nil
    }

    private static func suffix(of words: ArraySlice<Substring>) -> Int? {
        var start = words.endIndex
        var hasNoun = false
        while start > words.startIndex + 1 {
            let word = words[start - 1].foldedWords.joined(separator: " ")
            guard word.isEmpty || nouns.contains(word) || kinds.contains(word) || (hasNoun && phrases.contains(word)) || Int(word) != nil
            else { break }
            hasNoun = hasNoun || nouns.contains(word)
            start -= 1
        }
        return hasNoun ? start : nil
    }

    private static let marks: Set<Character> = ["-", "–", "—", ":", "|", "•", "·", ",", "/", "(", ")"]

    /// Words that no name contains.
    private static let nouns = words(
        """
        curriculum vitae cv resume resumes lebenslauf bewerbung bewerbungsunterlagen bewerbungsmappe bewerbungsschreiben anschreiben \
        motivationsschreiben deckblatt kurzlebenslauf kurzprofil beraterprofil mitarbeiterprofil kandidatenprofil bewerberprofil \
        personalbogen hoja curriculo curriculos curricular curriculaire candidature candidatura solicitud sollicitatie zyciorys levensloop \
        cvs europass template muster vorlage plantilla modele ejemplo exemple przyklad voorbeeld esempio exemplo profile profil perfil \
        profilo profiel application applicant bewerber bewerberin candidate kandidat kandidatin cover letter letters portfolio \
        confidential vertraulich confidencial confidentiel riservato vertrouwelijk poufne details particulars information informations informacje \
        daten angaben datos dados dati dane gegevens personaldaten biodata dossier lettre carta lettera brief ozgecmis персональный резюме \
        livret contact kontakt summary overview document dokument werdegang
        """
    )
    /// Words that are part of a title only beside another.
    private static let kinds = words(
        """
        functional chronological combination hybrid sample example modern professional personal personliche personlicher tabellarischer \
        ausfuhrlicher kurzer aktueller beruflicher akademischer academic federal executive simple basic creative updated draft vida vita \
        short long full my mein meine mi mon ma personales personnelles pessoais personali osobowe persoonlijke general job work \
        employment career candidate's applicant's format version my professionnel profesional profissional professionale english deutsch german french \
        page seite detailed brief international standard model modelo
        """
    )
    private static let links = words(
        "of for de di du del des da do von fur pour para per van voor zur zum als and und y et e the der die das la le el"
    )
    /// What follows a noun inside of a title: "Hoja de vida", "Curriculum vitae et studiorum".
    private static let phrases = words("vida vita studiorum de of et personal")

    private static func words(_ text: String) -> Set<String> {
        Set(text.split { $0.isWhitespace }.map { String($0).folded })
    }
}

extension String {
    /// Spaced capitals joined: "L E B E N S L A U F".
    fileprivate var unspaced: String {
        let letters = split(separator: " ")
        return letters.count >= 4 && letters.allSatisfy { $0.count == 1 } ? letters.joined() : self
    }
}
