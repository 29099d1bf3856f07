/// A document's words in reading order. A tab separates distant parts of one line, leading spaces keep the indentation, an empty line keeps
/// a gap.
package struct ExtractedText: Hashable, Codable, Sendable {
    package let text: String
    /// The line in the largest type on the first page, which on a resume is the name.
    package let prominentLine: String?
    /// Link targets, which the text itself may not show.
    package let links: [String]
    /// Whether the document was longer than what is taken from it.
    package let isTruncated: Bool

    package init(text: String, prominentLine: String? = nil, links: [String] = [], isTruncated: Bool = false) {
        self.text = text
        self.prominentLine = prominentLine
        self.links = links
        self.isTruncated = isTruncated
    }
}
