import Foundation
import Glibc
import Kernel
import Outbound

/// Blobs as objects in an S3 bucket.
struct Bucket: BlobPlace {
    /// The most that one request transfers, of an upload or a download.
    private static let part = 8 << 20
    private static let portion = 1 << 20
    /// S3's own limit (parts of one upload).
    private static let mostParts = 10_000

    private let address: BucketAddress
    private let outbound: Outbound
    private let scratch: String
    private let disk: Disk

    init(_ address: BucketAddress, over outbound: Outbound, scratch: String, disk: Disk) {
        self.address = address
        self.outbound = outbound
        self.scratch = scratch
        self.disk = disk
    }

    func publish(_ draft: Draft, as key: BlobKey) async throws -> BlobStore.Stored {
        let stored = draft.stored(as: key)
        if stored.size <= Self.part {
            let body = try await disk.run { try draft.read(0..<stored.size) }
            let headers = Self.neverReplacing + [(Self.digest, stored.sha256)]
            try await requirePublished(call("PUT", path(key), headers: headers, body: body), stored)
        } else {
            try await publishInParts(draft, stored)
        }
        return stored
    }

    private func publishInParts(_ draft: Draft, _ stored: BlobStore.Stored) async throws {
        let key = stored.key
        let begun = try await call("POST", path(key), query: [("uploads", "")], headers: [(Self.digest, stored.sha256)]).expecting(200)
        guard let upload = XMLText.first("UploadId", in: begun.text) else { throw BlobError.storage(status: 200, code: "no UploadId") }
        do {
            let size = max(Self.part, (stored.size + Self.mostParts - 1) / Self.mostParts)
            var parts = ""
            for (index, start) in stride(from: 0, to: stored.size, by: size).enumerated() {
                let body = try await disk.run { try draft.read(start..<min(start + size, stored.size)) }
                let query = [("partNumber", "\(index + 1)"), ("uploadId", upload)]
                let answer = try await call("PUT", path(key), query: query, body: body).expecting(200)
                guard let tag = answer.header("ETag") else { throw BlobError.storage(status: 200, code: "no ETag") }
                parts += "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(XMLText.escaped(tag))</ETag></Part>"
            }
            let document = Array("<CompleteMultipartUpload>\(parts)</CompleteMultipartUpload>".utf8)
            let answer = try await call("POST", path(key), query: [("uploadId", upload)], headers: Self.neverReplacing, body: document)
            // An upload that fails at its end may still be answered with 200.
            if answer.status == 200, let code = XMLText.first("Code", in: answer.text) { throw BlobError.storage(status: 200, code: code) }
            try await requirePublished(answer, stored)
        } catch {
            _ = try? await call("DELETE", path(key), query: [("uploadId", upload)])
            throw error
        }
    }

    private static let neverReplacing = [("if-none-match", "*")]

    private static let digest = "x-amz-meta-sha256"

    /// An existing object may be our own, stored by an attempt whose answer got lost.
    private func requirePublished(_ answer: OutboundAnswer, _ stored: BlobStore.Stored) async throws {
        guard answer.status == 412 else {
            _ = try answer.expecting(200)
            return
        }
        let head = try await call("HEAD", path(stored.key)).expecting(200)
        guard head.header(Self.digest) == stored.sha256 else { throw BlobError.exists(stored.key) }
    }

    func open(_ key: BlobKey, range: Range<Int>?) async throws -> BlobStream {
        let head = try await call("HEAD", path(key))
        guard head.status != 404 else { throw BlobError.notFound(key) }
        guard let size = try head.expecting(200).header("Content-Length").flatMap({ Int($0) }) else {
            throw BlobError.storage(status: head.status, code: "no Content-Length")
        }
        return BlobStream(size: size, range: range, portion: Self.portion) { range in
            let headers = [("range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
            let answer = try await call("GET", path(key), headers: headers)
            guard answer.status != 404 else { throw BlobError.notFound(key) }
            return try answer.expecting(206).body
        }
    }

    func withFile<R>(_ key: BlobKey, _ body: (_ path: String) async throws -> R) async throws -> R {
        let copy = try await disk.run { [scratch] in try Draft(in: scratch, limit: .max) }
        do {
            for try await chunk in try await open(key, range: nil) {
                try await disk.run { try copy.write(chunk) }
            }
            let result = try await body(copy.path)
            try await disk.run { copy.discard() }
            return result
        } catch {
            try await disk.run { copy.discard() }
            throw error
        }
    }

    func delete(_ key: BlobKey) async throws {
        let answer = try await call("DELETE", path(key))
        if answer.status != 404 { _ = try answer.expecting(204) }
    }

    func eachPage(of tenant: UUID, size: Int, _ body: ([ListedBlob]) async throws -> Void) async throws {
        var last: String?
        while true {
            var query = [
                ("list-type", "2"), ("prefix", "\(address.prefix)\(tenant.uuidString.lowercased())/"), ("max-keys", "\(min(size, 1000))"),
            ]
            if let last { query.append(("start-after", last)) }
            let answer = try await call("GET", address.root.isEmpty ? "/" : address.root, query: query).expecting(200)
            let entries = try XMLText.all("Contents", in: answer.text).map { entry in
                guard let name = XMLText.first("Key", in: entry), let size = XMLText.first("Size", in: entry).flatMap({ Int($0) }),
                    let time = XMLText.first("LastModified", in: entry).flatMap(Timestamp.date)
                else { throw BlobError.storage(status: 200, code: "unreadable list") }
                return (name: name, size: size, time: time)
            }
            guard let end = entries.last else { return }
            last = end.name
            // Ignore objects that aren't ours.
            try await body(
                entries.compactMap { entry in
                    BlobKey(String(entry.name.dropFirst(address.prefix.count))).map {
                        ListedBlob(key: $0, size: entry.size, storedAt: entry.time)
                    }
                }
            )
        }
    }

    func link(to key: BlobKey, name: String, mediaType: String, for time: Duration) -> String? {
        // S3 allows a week at most. RFC 6266 and RFC 8187, with the name in UTF-8 only: every browser reads that.
        let seconds = min(max(Int(time.components.seconds), 1), 7 * 24 * 3600)
        let query = [
            ("response-content-disposition", "attachment; filename*=UTF-8''\(name.percentEncoded)"),
            ("response-content-type", mediaType),
        ]
        return BucketSignature(address: address, time: Date()).link(path(key), query: query, seconds: seconds)
    }

    private func path(_ key: BlobKey) -> String { "\(address.root)/\(address.prefix)\(key)" }

    /// All requests here can be repeated, so failures of the storage or the network are tried again.
    private func call(
        _ method: String,
        _ path: String,
        query: [(String, String)] = [],
        headers: [(String, String)] = [],
        body: [UInt8]? = nil
    ) async throws -> OutboundAnswer {
        var attempt = 1
        while true {
            let signature = BucketSignature(address: address, time: Date())
            let request = OutboundRequest(
                method,
                address.origin + path + (query.isEmpty ? "" : "?\(BucketSignature.text(query))"),
                headers: signature.headers(method, path, query: query, headers: headers, body: body ?? []),
                body: body
            )
            do throws(OutboundError) {
                let answer = try await outbound.send(
                    request,
                    to: .installation,
                    for: "storage",
                    OutboundLimits(time: .seconds(60), answer: 8 << 20)
                )
                guard answer.status >= 500, attempt < 3 else { return answer }
            } catch {
                guard attempt < 3 else { throw BlobError.unreachable(error.description) }
            }
            try await Task.sleep(for: .milliseconds(200 << attempt))
            attempt += 1
        }
    }
}

extension OutboundAnswer {
    fileprivate var text: String { String(decoding: body, as: UTF8.self) }

    fileprivate func expecting(_ wanted: Int) throws(BlobError) -> OutboundAnswer {
        guard status == wanted else { throw .storage(status: status, code: XMLText.first("Code", in: text) ?? "") }
        return self
    }
}

/// Enough XML for S3's answers: elements that contain text or elements, with no element inside another of the same name.
enum XMLText {
    static func first(_ name: String, in text: some StringProtocol) -> String? {
        guard let start = text.range(of: "<\(name)>"), let end = text[start.upperBound...].range(of: "</\(name)>") else { return nil }
        return unescaped(String(text[start.upperBound..<end.lowerBound]))
    }

    static func all(_ name: String, in text: String) -> [Substring] {
        var found: [Substring] = []
        var rest = text[...]
        while let start = rest.range(of: "<\(name)>"), let end = rest[start.upperBound...].range(of: "</\(name)>") {
            found.append(rest[start.upperBound..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        return found
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }
}
