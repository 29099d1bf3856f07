import Documents
import Foundation

/// The text of a PDF. Poppler gives each word's position on the page; the reading order is worked out from the positions, because the order
/// in the file often interleaves columns.
struct PortableDocument {
    let document: OpenDocument

    init(_ document: OpenDocument) {
        self.document = document
    }

    func text() throws(DocumentError) -> ExtractedText {
        let words = try document.tool(0)
        let links = try document.tool(1)
        if Self.isProtected(words, links) { throw .encrypted }
        let pages = PageMarkup(try words.text())
        let last = document.limits.pages
        return ExtractedText(
            text: pages.text(ofFirst: last),
            prominentLine: pages.prominentLine,
            links: Self.links(in: links),
            isTruncated: pages.count > last
        )
    }

    // pdftotext(1): 1 is an error opening the file, 3 is missing permission. Only the message tells a password from damage.
    private static func isProtected(_ words: ToolResult, _ links: ToolResult) -> Bool {
        words.exitCode == 3 || links.complaint.range(of: Data("Incorrect password".utf8)) != nil
    }

    private static func links(in result: ToolResult) -> [String] {
        guard let output = try? result.text() else { return [] }
        // A heading, then lines of page, type, address.
        var links: [String] = []
        for line in output.split(separator: "\n").dropFirst() {
            let columns = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            guard columns.count == 3 else { continue }
            let link = String(columns[2].trimmingPrefix { $0 == " " })
            if !links.contains(link) { links.append(link) }
            if links.count == 50 { break }
        }
        return links
    }
}
