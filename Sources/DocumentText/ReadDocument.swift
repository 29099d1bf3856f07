package import Documents
package import Foundation

/// What another program made of the document before the reader runs.
package struct ToolResult: Sendable {
    package let output: Data
    package let complaint: Data
    /// 128 plus the signal's number if a signal ended it.
    package let exitCode: Int32

    package init(output: Data, complaint: Data, exitCode: Int32) {
        self.output = output
        self.complaint = complaint
        self.exitCode = exitCode
    }

    /// What it printed, if it ran to its end.
    func text() throws(DocumentError) -> String {
        switch exitCode {
        case 0: return String(decoding: output, as: UTF8.self)
        case 128 + SIGXFSZ: throw .expandsTooFar
        case 128 + SIGXCPU, 128 + SIGKILL, 128 + SIGALRM: throw .tookTooLong
        // Running out of memory shows as an abort: no ordinary document does that to these programs.
        default: throw .broken
        }
    }
}

/// A document being turned into text. Everything in here processes what a stranger wrote, and so runs only in the sandboxed child.
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
        // A scan often has a stray page number or a scanner's mark; ten letters aren't a resume.
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
