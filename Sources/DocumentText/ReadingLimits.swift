/// What is taken from one document at most. A stranger made the file, so every count has an end; what lies beyond is left out. Honest
/// documents stay far below each.
enum ReadingLimits {
    /// In UTF-8. Of the text 200,000 characters are taken, and they seldom have more than four bytes.
    static let text = 2 << 20
    /// A page set solid in small type has some 1,500 words.
    static let wordsOnPage = 4000
    /// Fragments that may lie at one height and still take the next word; honest pages have one or two.
    static let openFragments = 64
    /// Text boxes within text boxes.
    static let nestedParagraphs = 16
    /// Tables within tables. Each level may write its cells once more.
    static let nestedRows = 16
    /// The word processor that made the format has 63.
    static let cells = 64
    /// Clickable words that are looked at for where they lead.
    static let addresses = 200
    /// In UTF-8. Longer addresses lead to no profile.
    static let address = 500
    /// Unicode Standard Annex 15, section 13: more marks in a row than thirty stand in no language, and sorting them costs their square.
    static let marks = 30
    /// Members of an archive; a word processor writes some twenty.
    static let members = 10_000
}
