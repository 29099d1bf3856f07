package import Documents
package import Foundation

extension DocumentKind {
    /// Looks into the file at `path`. Throws `encrypted` already here for protected Word documents, whose container gives them away.
    package static func detected(in path: String) throws(DocumentError) -> DocumentKind {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else { throw .unreadable }
        return try detected(in: data)
    }

    package static func detected(in data: Data) throws(DocumentError) -> DocumentKind {
        if data.starts(with: Data("PK\u{3}\u{4}".utf8)) { return try detectedInZip(data) }
        if data.starts(with: CompoundFile.magic) { return try detectedInCompoundFile(data) }
        // ISO 32000-1, annex H.3.4.1: readers accept the header anywhere within the first 1024 bytes.
        if data.prefix(1024).range(of: Data("%PDF-".utf8)) != nil { return .pdf }
        throw .unrecognized
    }

    private static func detectedInZip(_ data: Data) throws(DocumentError) -> DocumentKind {
        guard let directory = ZipDirectory(of: data) else { throw .broken }
        guard directory.entry("[Content_Types].xml") != nil, let body = directory.entry("word/document.xml") else { throw .unrecognized }
        if body.isEncrypted { throw .encrypted }
        return .docx
    }

    private static func detectedInCompoundFile(_ data: Data) throws(DocumentError) -> DocumentKind {
        guard let file = CompoundFile(data) else { throw .broken }
        // [MS-OFFCRYPTO] 2.3: a DOCX with a password is a compound file around this stream.
        if file.stream("EncryptedPackage") != nil { throw .encrypted }
        guard let word = file.stream("WordDocument") else { throw .unrecognized }
        if file.isEncryptedWordDocument(word) { throw .encrypted }
        return .doc
    }
}
