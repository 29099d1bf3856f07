import Crypto
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// A request's body, read: JSON, or a form's texts and files.
struct RequestContent: Sendable {
    var json: JSON = [:]
    var texts: [String: String] = [:]
    var files: [String: UploadedFile] = [:]
    /// SHA-256 over what was sent, for Idempotency-Key.
    var fingerprint: [UInt8] = Array(SHA256.hash(data: []))

    /// Removes what was spooled.
    func discard() {
        for file in files.values { UploadSpool.remove(file.path) }
    }
}

/// Reads bodies within their limits and refuses those of another kind.
struct ContentReader: Sendable {
    /// How much of a body that is too large is read and dropped: a client that is still sending when the connection ends may never see the
    /// answer.
    static let patience = 32 * 1024 * 1024

    /// Of the name of a field or any other member, in bytes.
    static let longestName = 256

    /// Boundaries, headers and texts around a file.
    static let formOverhead = 64 * 1024

    let configuration: WebConfiguration

    /// How much an endpoint reads at most. For an upload the limit is the file's; the form around it comes on top.
    func limit(_ endpoint: Endpoint) -> Int {
        endpoint.body == .multipart ? configuration.maximumUpload + Self.formOverhead : configuration.maximumBody
    }

    func read(_ request: Request, for endpoint: Endpoint) async throws(Failure) -> RequestContent {
        if let length = request.contentLength, length > limit(endpoint) { throw .tooLarge(limit(endpoint)) }
        return switch endpoint.body {
        case .none: RequestContent()
        case .json: try await readJSON(request)
        case .multipart: try await readMultipart(request, endpoint)
        }
    }

    private func readJSON(_ request: Request) async throws(Failure) -> RequestContent {
        guard request.hasBody else { return RequestContent() }
        let type = HeaderParameters(request.headers[.contentType] ?? "")
        guard type.kind == "application/json" || type.kind == "application/merge-patch+json" else {
            throw .unsupportedMediaType("Send the body as application/json.")
        }
        let bytes = try await collect(request.body)
        guard !bytes.isEmpty else { return RequestContent() }
        do {
            let json = try JSON(parsing: bytes, longestName: Self.longestName)
            return RequestContent(json: json, fingerprint: Array(SHA256.hash(data: bytes)))
        } catch {
            throw .validation("body", error.description)
        }
    }

    private func collect(_ body: RequestBody) async throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var total = 0
        do {
            for try await chunk in body {
                total += chunk.readableBytes
                if total <= configuration.maximumBody { bytes += chunk.readableBytesView }
                if total > configuration.maximumBody + Self.patience { break }
            }
        } catch {
            throw .brokenBody(error)
        }
        guard total <= configuration.maximumBody else { throw .tooLarge(configuration.maximumBody) }
        return bytes
    }

    private func readMultipart(_ request: Request, _ endpoint: Endpoint) async throws(Failure) -> RequestContent {
        var type = HeaderParameters(request.headers[.contentType] ?? "")
        guard type.kind == "multipart/form-data" else { throw .unsupportedMediaType("Send the body as multipart/form-data.") }
        // RFC 2046 section 5.1.1: a boundary has 1 to 70 characters.
        guard let boundary = type.parse()?["boundary"], (1...70).contains(boundary.utf8.count) else {
            throw .validation("body", "The Content-Type has no boundary.")
        }
        var reader = MultipartReader(boundary: boundary, endpoint: endpoint, directory: configuration.uploadDirectory)
        let content = try await reader.read(request.body, atMost: limit(endpoint))
        guard content.files.values.allSatisfy({ $0.size <= configuration.maximumUpload }) else {
            content.discard()
            throw .tooLarge(configuration.maximumUpload)
        }
        return content
    }
}

extension Request {
    var contentLength: Int? { headers[.contentLength].flatMap { Int($0) } }
    var hasBody: Bool { contentLength ?? 0 > 0 || headers[.transferEncoding] != nil }
}

extension Failure {
    static func tooLarge(_ limit: Int) -> Failure {
        Failure(.payloadTooLarge, "The body is larger than \(limit) bytes.", details: ["maximumBytes": .integer(limit)])
    }

    static func unsupportedMediaType(_ message: String) -> Failure {
        Failure(.unsupportedMediaType, message)
    }

    static func brokenBody(_ cause: any Error) -> Failure {
        Failure(.validation, "Some fields are not valid.", details: ["body": "The body could not be read to its end."], cause: cause)
    }

    static let methodNotAllowed = Failure(.notFound, "This path does not answer to this method.", code: "METHOD_NOT_ALLOWED")
}
