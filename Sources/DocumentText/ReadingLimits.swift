/// The most that is taken from one document. A stranger made the file, so every count is limited; anything beyond is left out. Ordinary
/// documents stay far below each limit.
enum ReadingLimits {
    /// In UTF-8. 200,000 characters of the text are used, and they rarely have more than four bytes.
    static let text = 2 << 20
    /// A full page in small type has some 1,500 words.
    static let wordsOnPage = 4000
    /// Fragments at one height that may still take the next word; ordinary pages have one or two.
    static let openFragments = 64
    /// Text boxes within text boxes.
    static let nestedParagraphs = 16
    /// Tables within tables. Each level may write its cells again.
    static let nestedRows = 16
    /// The word processor that invented the format allows 63.
    static let cells = 64
    /// Clickable words whose targets are looked at.
    static let addresses = 200
    /// In UTF-8. Longer addresses aren't profiles.
    static let address = 500
    /// Unicode Standard Annex 15, section 13: no language has more than thirty marks in a row, and sorting them takes quadratic time.
    static let marks = 30
    /// Members of an archive; a word processor writes some twenty.
    static let members = 10_000
}
