import Documents

/// The text of a DOC, read by catdoc: one line per paragraph, table cells separated by tabs. Only the container is inspected here.
struct LegacyWordDocument {
    let document: OpenDocument

    init(_ document: OpenDocument) {
        self.document = document
    }

    func text() throws(DocumentError) -> ExtractedText {
        guard let container = CompoundFile(document.file) else { throw .broken }
        // [MS-OFFCRYPTO] 2.3: a DOCX with a password is a compound file around this stream.
        if container.stream("EncryptedPackage") != nil { throw .encrypted }
        guard let word = container.stream("WordDocument") else { throw .unrecognized }
        if container.isEncryptedWordDocument(word) { throw .encrypted }
        return ExtractedText(text: try document.tool(0).text())
    }
}
