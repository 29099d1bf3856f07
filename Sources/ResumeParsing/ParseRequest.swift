package import Documents

/// A resume's text, on its way to the reader that parses it.
package struct ParseRequest: Codable, Sendable {
    /// The reader's name for it.
    package static let task = "parse"

    package let document: ExtractedText
    /// The end of anything that lasts until now.
    package let today: PartialDate

    package init(document: ExtractedText, today: PartialDate) {
        self.document = document
        self.today = today
    }
}
