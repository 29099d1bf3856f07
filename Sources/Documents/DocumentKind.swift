package import Foundation

/// The kinds of document that text can be read from. The content decides, never the file's name or the client's media type.
package enum DocumentKind: String, Codable, CaseIterable, Sendable {
    case pdf
    case docx
    case doc

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .doc: "application/msword"
        }
    }

    package var fileExtension: String { rawValue }

    /// ISO 32000-1, annex H.3.4.1: readers accept a PDF's header anywhere within the first 1024 bytes.
    package static let signatureLength = 1024

    /// What the first bytes claim. Whether that is true is found out in the sandbox.
    package init?(firstBytes bytes: Data) {
        // PKWARE APPNOTE 4.3.7; [MS-CFB] 2.2.
        if bytes.starts(with: Data("PK\u{3}\u{4}".utf8)) {
            self = .docx
        } else if bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            self = .doc
        } else if bytes.prefix(Self.signatureLength).range(of: Data("%PDF-".utf8)) != nil {
            self = .pdf
        } else {
            return nil
        }
    }
}
