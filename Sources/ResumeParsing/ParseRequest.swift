package import Documents

/// A resume's text on its way to the reader that takes it apart.
package struct ParseRequest: Codable, Sendable {
    /// The reader's name for it.
    package static let task = "parse"

    package let document: ExtractedText
    /// Closes what lasts until now.
    package let today: PartialDate

    package init(document: ExtractedText, today: PartialDate) {
        self.document = document
        self.today = today
    }
}
