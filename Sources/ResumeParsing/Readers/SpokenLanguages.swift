/// The names of human languages, in English and in the languages themselves.
enum SpokenLanguages {
    /// The English name of a folded word that names a language.
    static func name(in word: String) -> String? { names[word] }

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for line in list.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            for word in words { names[word.folded] = words[0] }
        }
        return names
    }()

    private static let list = """
        English englisch anglais ingles inglese engels angielski
        German deutsch allemand aleman alemao tedesco duits niemiecki
        French franzosisch francais frances francese frans francuski
        Spanish spanisch espagnol espanol espanhol castellano spagnolo spaans hiszpanski
        Portuguese portugiesisch portugais portugues portoghese
        Italian italienisch italien italiano wloski
        Dutch niederlandisch nederlands hollandais neerlandais
        Polish polnisch polski polonais polaco
        Swedish svenska schwedisch
        Norwegian norsk norwegisch
        Danish dansk danisch
        Finnish suomi finnisch
        Icelandic islenska
        Czech cestina tschechisch
        Slovak slovencina
        Hungarian magyar ungarisch
        Romanian romana rumanisch
        Bulgarian bulgarisch
        Greek griechisch
        Turkish turkce turkisch turc turco turks turecki
        Russian russisch russe ruso
        Ukrainian ukrainisch
        Croatian kroatisch hrvatski
        Serbian serbisch
        Slovenian
        Lithuanian
        Latvian
        Estonian
        Arabic arabisch arabe
        Hebrew
        Persian farsi
        Kurdish
        Urdu
        Hindi
        Bengali bangla
        Tamil
        Telugu
        Marathi
        Gujarati
        Kannada
        Malayalam
        Punjabi
        Nepali
        Sinhala
        Chinese chinesisch chinois chino
        Mandarin
        Cantonese
        Japanese japanisch japonais japones
        Korean koreanisch
        Vietnamese vietnamesisch
        Thai
        Indonesian bahasa
        Malay
        Tagalog filipino
        Swahili
        Amharic
        Yoruba
        Igbo
        Hausa
        Zulu
        Afrikaans
        Somali
        Catalan katalanisch
        Basque euskera euskara baskisch
        Javanese jawa
        Maori
        Gaelic
        Flemish vlaams
        Luxembourgish
        Maltese
        Belarusian
        Macedonian
        Bosnian
        Mongolian
        Pashto
        Dari
        Khmer
        Lao
        Burmese
        Tigrinya
        Xhosa
        Quechua
        Guarani
        Breton
        Frisian
        Galician gallego galego
        Welsh
        Irish
        Albanian
        Armenian
        Georgian
        Kazakh
        Esperanto
        Latin
        """
}

/// Languages and how well they are spoken: "Polish (native), English – C1".
struct LanguagesReader {
    let sections: ResumeSections

    func languages() -> [SpokenLanguage] {
        let own = sections.lines(of: .languages).flatMap { Self.languages(in: $0.text, 0.95) }
        let found = own.isEmpty ? sections.lines(of: .skills).flatMap { Self.languages(in: $0.text, 0.8) } : own
        var seen: Set<String> = []
        return found.filter { seen.insert($0.language).inserted }
    }

    private static func languages(in text: String, _ confidence: Double) -> [SpokenLanguage] {
        text.replacing(" and ", with: ",").replacing(" und ", with: ",").split { ",;|•\t/●○★☆■□".contains($0) }.compactMap { item in
            let words = item.split { $0.isWhitespace || "()–—:-".contains($0) }.map(String.init)
            guard let index = words.firstIndex(where: { SpokenLanguages.name(in: $0.folded) != nil }) else { return nil }
            guard let language = SpokenLanguages.name(in: words[index].folded) else { return nil }
            let level = (words[..<index] + words[(index + 1)...]).filter {
                !["in", "and", "i", "speak", "ich", "spreche", "hablo", "je", "parle", "."].contains($0.lowercased())
            }.joined(separator: " ")
            // "English teacher" and the like aren't spoken languages.
            guard words.count <= 6 else { return nil }
            return SpokenLanguage(
                language: language,
                level: level.isEmpty ? nil : level.cut(to: ParsingLimits.field),
                confidence: confidence
            )
        }
    }
}
