import Kernel

extension Failure {
    static let importNotFound = Failure(.notFound, "Import not found.", code: "IMPORT_NOT_FOUND")
    static let importTooLarge = Failure(
        .payloadTooLarge,
        "The file is larger than 5 MB.",
        details: ["file": "Must be at most 5 MB. Import it in parts."]
    )
}
