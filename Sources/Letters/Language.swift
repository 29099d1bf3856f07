/// A language that letters are written in; each has a file of words.
package enum Language: String, Codable, CaseIterable, Sendable {
    case english = "en"
    case german = "de"

    /// The language of a tag such as `de-AT` (BCP 47); nil for one without translations.
    package init?(tag: String) {
        self.init(rawValue: tag.prefix { $0 != "-" && $0 != "_" }.lowercased())
    }

    var words: [String: String] {
        switch self {
        case .english: Words.english
        case .german: Words.german
        }
    }
}
