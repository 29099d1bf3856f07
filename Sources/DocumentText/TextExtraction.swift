package import Documents
import Foundation

/// Takes the text out of a document. The parsers of others (Poppler, libarchive, catdoc) see the untrusted file only in a child
/// process with limits.
package struct TextExtraction: Sendable {
    private let limits: ExtractionLimits

    package init(limits: ExtractionLimits = .standard) {
        self.limits = limits
    }

    /// The kind comes from `DocumentKind.detected(in:)`; the path's extension is never looked at.
    @concurrent
    package func text(of path: String, kind: DocumentKind) async throws(DocumentError) -> ExtractedText {
        // An absolute path cannot be mistaken for an option.
        let path = URL(fileURLWithPath: path).path
        guard FileManager.default.isReadableFile(atPath: path) else { throw .unreadable }
        let process = LimitedProcess(limits: limits)
        let extracted =
            switch kind {
            case .pdf: try await PortableDocument(path: path, process: process).text()
            case .docx: try await WordprocessingDocument(path: path, process: process).text()
            case .doc: try await LegacyWordDocument(path: path, process: process).text()
            }
        return try finished(extracted)
    }

    private func finished(_ extracted: ExtractedText) throws(DocumentError) -> ExtractedText {
        let clean = extracted.text.cleanedOfGlyphs
        // A scan often carries a stray page number or a scanner's mark; ten letters are no resume.
        guard clean.lazy.filter(\.isLetter).prefix(10).count == 10 else { throw .noText }
        return ExtractedText(
            text: String(clean.prefix(limits.characters)),
            prominentLine: extracted.prominentLine?.cleanedOfGlyphs.trimmingCharacters(in: .whitespaces),
            links: extracted.links,
            isTruncated: extracted.isTruncated || clean.count > limits.characters
        )
    }
}
