package import Documents
package import Foundation

/// What a program of others made of the document before the reader came to it.
package struct ToolResult: Sendable {
    package let output: Data
    package let complaint: Data
    /// 128 and the signal's number where a signal ended it.
    package let exitCode: Int32

    package init(output: Data, complaint: Data, exitCode: Int32) {
        self.output = output
        self.complaint = complaint
        self.exitCode = exitCode
    }

    /// What it printed, where it came to its end.
    func text() throws(DocumentError) -> String {
        switch exitCode {
        case 0: return String(decoding: output, as: UTF8.self)
        case 128 + SIGXFSZ: throw .expandsTooFar
        case 128 + SIGXCPU, 128 + SIGKILL, 128 + SIGALRM: throw .tookTooLong
        // Out of memory surfaces as an abort: nothing that an honest document does to these programs.
        default: throw .broken
        }
    }
}

/// A document on its way to text. Everything in here runs on what a stranger wrote, and so only in the fenced child.
package struct OpenDocument: Sendable {
    let file: Data
    let tools: [ToolResult]
    let limits: ExtractionLimits

    package init(file: Data, tools: [ToolResult], limits: ExtractionLimits) {
        self.file = file
        self.tools = tools
        self.limits = limits
    }

    package func text(as kind: DocumentKind) throws(DocumentError) -> ExtractedText {
        let extracted =
            switch kind {
            case .pdf: try PortableDocument(self).text()
            case .docx: try WordprocessingDocument(self).text()
            case .doc: try LegacyWordDocument(self).text()
            }
        return try finished(extracted)
    }

    func tool(_ index: Int) throws(DocumentError) -> ToolResult {
        guard tools.indices.contains(index) else { throw .programFailed("The fence ran \(tools.count) tools.") }
        return tools[index]
    }

    private func finished(_ extracted: ExtractedText) throws(DocumentError) -> ExtractedText {
        let clean = extracted.text.cleanedOfGlyphs
        // A scan often carries a stray page number or a scanner's mark; ten letters are no resume.
        guard clean.lazy.filter(\.isLetter).prefix(10).count == 10 else { throw .noText }
        let kept = clean.prefix(limits.characters)
        return ExtractedText(
            text: String(kept),
            prominentLine: extracted.prominentLine?.cleanedOfGlyphs.trimmingCharacters(in: .whitespaces),
            links: extracted.links,
            isTruncated: extracted.isTruncated || kept.endIndex < clean.endIndex
        )
    }
}
