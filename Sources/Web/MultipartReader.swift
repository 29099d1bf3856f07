import Crypto
import Hummingbird
import Kernel
import NIOCore

/// Reads a multipart body: files to the upload directory, texts into memory. On a failure nothing stays on disk.
struct MultipartReader {
    private static let maximumText = 64 * 1024

    private let endpoint: Endpoint
    private let directory: String
    private var parser: MultipartParser
    private var content = RequestContent()
    private var hash = SHA256()
    private var part: MultipartPart?
    private var text: [UInt8] = []
    private var spool: UploadSpool?
    private var seen: Set<String> = []

    init(boundary: String, endpoint: Endpoint, directory: String) {
        self.endpoint = endpoint
        self.directory = directory
        parser = MultipartParser(boundary: boundary)
    }

    mutating func read(_ body: RequestBody, atMost limit: Int) async throws(Failure) -> RequestContent {
        do {
            var total = 0
            for try await chunk in body {
                total += chunk.readableBytes
                if total <= limit { try await take(parser.feed(chunk.readableBytesView)) }
                if total > limit + ContentReader.patience { break }
            }
            guard total <= limit else { throw Failure.tooLarge(limit) }
            try parser.finish()
            content.fingerprint = Array(hash.finalize())
            return content
        } catch {
            discard()
            throw Self.failure(error)
        }
    }

    private static func failure(_ error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case let problem as MultipartProblem: .validation("body", problem.message)
        default: .brokenBody(error)
        }
    }

    private func discard() {
        content.discard()
        guard let spool else { return }
        spool.closeFile()
        UploadSpool.remove(spool.path)
    }

    private mutating func take(_ events: [MultipartParser.Event]) async throws(Failure) {
        for event in events {
            switch event {
            case .partBegins(let part): try await begin(part)
            case .data(let bytes): try await append(bytes)
            case .partEnds: try end()
            }
        }
    }

    private mutating func begin(_ part: MultipartPart) async throws(Failure) {
        guard seen.insert(part.name).inserted else { throw .validation(part.name, "Must be given once.") }
        guard endpoint.fileFields.contains(part.name) == (part.fileName != nil) else {
            throw .validation(part.name, part.fileName == nil ? "Must be a file." : "Must not be a file.")
        }
        self.part = part
        hash.update(data: Array("\(part.name)\n\(part.fileName ?? "")\n".utf8))
        if part.fileName != nil { spool = try await UploadSpool(in: directory) }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) async throws(Failure) {
        hash.update(data: bytes)
        if spool != nil {
            try await spool?.write(bytes)
        } else {
            text += bytes
            guard text.count <= Self.maximumText else { throw .validation(part?.name ?? "body", "Is too long.") }
        }
    }

    private mutating func end() throws(Failure) {
        defer {
            part = nil
            text = []
            spool = nil
        }
        guard let part else { return }
        guard let spool else {
            guard let value = String(validating: text, as: UTF8.self) else { throw .validation(part.name, "Must be UTF-8.") }
            content.texts[part.name] = value
            return
        }
        spool.closeFile()
        // What a browser sends for a file field left empty.
        if spool.size == 0, part.fileName == "" { return UploadSpool.remove(spool.path) }
        content.files[part.name] = UploadedFile(
            path: spool.path,
            name: part.fileName ?? "",
            mediaType: part.mediaType,
            size: spool.size
        )
    }
}
