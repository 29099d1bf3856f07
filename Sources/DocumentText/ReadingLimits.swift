/// What is taken from one document at most. More is left out, and what honest documents hold lies far below.
enum ReadingLimits {
    /// A page set solid in small type has some 1,500 words.
    static let wordsOnPage = 4000
}
