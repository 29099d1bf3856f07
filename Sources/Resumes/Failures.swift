import Documents
package import Kernel

extension Failure {
    package static let resumeNotFound = Failure(.notFound, "Resume not found.", code: "RESUME_NOT_FOUND")
    package static let resumeLimit = Failure(
        .forbidden,
        "You have reached your plan's limit of resumes. Delete one or upgrade.",
        code: "RESUME_LIMIT"
    )
    package static let documentTooLarge = Failure(
        .payloadTooLarge,
        "The file is larger than 10 MB.",
        details: ["file": "Must be at most 10 MB."]
    )
    package static let notADocument = Failure(
        .unsupportedMediaType,
        DocumentError.unrecognized.explanation,
        details: ["file": "Must be a PDF, DOCX or DOC document."]
    )

    /// What to tell the person who uploaded a document that can't be read.
    static func unreadable(_ error: DocumentError) -> Failure {
        switch error {
        case .unrecognized: .notADocument
        case .programFailed, .unreadable, .interrupted: .internal(error)
        case .tooManyWaiting: .filesWait
        case .encrypted, .broken, .expandsTooFar, .tookTooLong, .noText: .validation("file", error.explanation)
        }
    }
}
