/// The most that is read from one resume, and reported about it. A stranger writes the text, so every count is limited; anything beyond is
/// left out. Ordinary resumes stay far below each limit.
enum ParsingLimits {
    /// In UTF-8, as all sizes here: 200,000 characters of three bytes each.
    static let text = 600_000
    /// Thirty pages of sixty lines are 1,800.
    static let lines = 4000
    /// A word processor's paragraph is one line; this one has a thousand words.
    static let line = 8000
    /// The name's line, a title, an employer, a school, a skill.
    static let field = 300
    static let summary = 10_000
    /// All descriptions of employments together.
    static let descriptions = 300_000
    static let employments = 100
    /// Lines below a date that may be places and not the beginning of the next employment.
    static let placesBelowDate = 4
    static let schools = 50
    static let skills = 300
    static let certifications = 100
    /// In a line with telephone numbers. The matcher's time grows faster than a run of digits does.
    static let digits = 7...100
    /// RFC 5321, 4.5.3.1.3: a path has 256 octets, of which two are its brackets.
    static let email = 254
    static let emails = 10
    static let links = 50
    /// Longer ones can't break across lines and aren't addresses of profiles.
    static let link = 500
}

extension StringProtocol {
    /// The beginning that fits into this many bytes of UTF-8.
    func cut(to bytes: Int) -> String {
        guard let end = utf8.index(startIndex, offsetBy: bytes, limitedBy: endIndex), end < endIndex else { return String(self) }
        // A subscript rounds down to a whole scalar.
        return String(self[..<end])
    }
}
