/// Why no text could be read from a file. Each case has its own message for the person who uploaded it.
package enum DocumentError: Error, Hashable, Codable, Sendable {
    /// Neither a PDF, a DOCX nor a DOC, whatever its name says.
    case unrecognized
    /// A password is needed to read it, or its author forbids copying the text.
    case encrypted
    case broken
    /// It unpacks to far more than a text document would: a decompression bomb.
    case expandsTooFar
    /// It used up the processor or wall time allowed for one document.
    case tookTooLong
    /// It opens, but contains pictures rather than text: a scan.
    case noText
    /// The file is not there or may not be read by this process.
    case unreadable
    /// A program that reads documents is missing or can't be run; the text is for the operator.
    case programFailed(String)
    /// Its owner already has as many documents waiting as one may have.
    case tooManyWaiting
    /// The calling task was canceled.
    case interrupted

    /// A sentence for the person who uploaded the file.
    package var explanation: String {
        switch self {
        case .unrecognized: "The file is not a PDF, DOCX or DOC document."
        case .encrypted: "The document is protected by a password. Remove the protection and upload it again."
        case .broken: "The document is damaged and cannot be opened."
        case .expandsTooFar: "The document unpacks to more data than is accepted."
        case .tookTooLong: "The document is too complex to be read."
        case .noText: "The document contains no readable text. A scan must be converted to text first."
        case .tooManyWaiting: "Your other files are still being read. Try again in a moment."
        case .unreadable, .programFailed, .interrupted: "The document could not be read. Try again later."
        }
    }

    /// Whether the same file may succeed at another time.
    package var isTemporary: Bool {
        switch self {
        case .unreadable, .programFailed, .tooManyWaiting, .interrupted: true
        case .unrecognized, .encrypted, .broken, .expandsTooFar, .tookTooLong, .noText: false
        }
    }
}
