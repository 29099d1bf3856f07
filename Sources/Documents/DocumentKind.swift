/// The kinds of document that text can be taken from. The content decides, never the file's name or the client's media type.
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
}
