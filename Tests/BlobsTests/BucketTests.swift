import Foundation
import Outbound
import Testing

@testable import Blobs

/// An S3 bucket whose server checks signatures.
@Suite struct BucketTests {
    private let outbound = Outbound()
    private let tenant = UUID()
    private let scratch = FileManager.default.temporaryDirectory.appending(path: "bucket-\(UUID().uuidString)").path

    private func run(_ body: (BlobStore) async throws -> Void) async throws {
        let store = try BlobStore(bucket: try await Moto.shared.value.address("some/prefix"), over: outbound, drafts: scratch)
        try await body(store)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch).isEmpty)
        try FileManager.default.removeItem(atPath: scratch)
        await outbound.close()
    }

    @Test func `a stored file is read back, whole and in part`() async throws {
        try await run { store in
            let key = BlobKey(tenant: tenant)
            let stored = try await store.put(Data("abcdefghij".utf8), as: key)
            #expect(stored.size == 10 && stored.sha256.hasPrefix("72399361da6a7754"))
            #expect(try await store.read(key) == Data("abcdefghij".utf8))
            var part: [UInt8] = []
            for try await chunk in try await store.open(key, range: 3..<6) { part += chunk }
            #expect(part == Array("def".utf8))
            part = []
            for try await chunk in try await store.open(key, range: 8..<100) { part += chunk }
            #expect(part == Array("ij".utf8))
            #expect(try await store.withFile(key) { try String(contentsOfFile: $0, encoding: .utf8) } == "abcdefghij")
            await #expect(throws: BlobError.tooLarge(limit: 9)) { try await store.read(key, limit: 9) }
            let empty = BlobKey(tenant: tenant)
            _ = try await store.put(Data(), as: empty)
            #expect(try await store.read(empty) == Data())
        }
    }

    private static func stream(of chunks: [[UInt8]]) -> AsyncStream<[UInt8]> {
        AsyncStream { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
    }

    @Test func `large files are uploaded in parts`() async throws {
        try await run { store in
            let key = BlobKey(tenant: tenant)
            let chunks = (0..<21).map { [UInt8](repeating: UInt8($0), count: 1_000_000) }
            let whole = Data(chunks.joined())
            let stored = try await store.put(Self.stream(of: chunks), as: key)
            let read = try await store.read(key)
            #expect(stored.size == 21_000_000 && read == whole)
            await #expect(throws: BlobError.exists(key)) { try await store.put(Data(repeating: 1, count: 20_000_000), as: key) }
        }
    }

    @Test func `a key is written once, and writing the same bytes again is not a failure`() async throws {
        try await run { store in
            let key = BlobKey(tenant: tenant)
            _ = try await store.put(Data("first".utf8), as: key)
            await #expect(throws: BlobError.exists(key)) { try await store.put(Data("second".utf8), as: key) }
            _ = try await store.put(Data("first".utf8), as: key)
            #expect(try await store.read(key) == Data("first".utf8))
        }
    }

    @Test func `an upload that is too large or breaks off leaves nothing`() async throws {
        try await run { store in
            let key = BlobKey(tenant: tenant)
            let endless = AsyncStream<[UInt8]> { [UInt8](repeating: 0, count: 1000) }
            await #expect(throws: BlobError.tooLarge(limit: 10_500)) { try await store.put(endless, as: key, limit: 10_500) }
            await #expect(throws: BlobError.notFound(key)) { try await store.read(key) }
            await #expect(throws: BlobError.notFound(key)) { try await store.withFile(key) { _ in } }
            try await store.delete(key)
        }
    }

    @Test func `they are listed by tenant, in order and in pages, and deleted`() async throws {
        try await run { store in
            let keys = (0..<5).map { _ in BlobKey(tenant: tenant) }.sorted { $0.description < $1.description }
            for key in keys { _ = try await store.put(Data(key.description.utf8), as: key) }
            _ = try await store.put(Data("another tenant's".utf8), as: BlobKey(tenant: UUID()))
            var pages: [[ListedBlob]] = []
            try await store.eachPage(of: tenant, size: 3) { pages.append($0) }
            #expect(pages.map { $0.map(\.key) } == [Array(keys.prefix(3)), Array(keys.suffix(2))])
            #expect(pages.joined().allSatisfy { $0.size == 78 && abs($0.storedAt.timeIntervalSinceNow) < 600 })
            for key in keys { try await store.delete(key) }
            try await store.eachPage(of: tenant) { #expect($0.isEmpty) }
        }
    }

    @Test func `a request signed with another key is refused`() async throws {
        let moto = try await Moto.shared.value
        let wrong = try moto.address(keys: BucketAddress.Keys(id: moto.keys.id, secret: "another"))
        let store = try BlobStore(bucket: wrong, over: outbound, drafts: scratch)
        await #expect(throws: BlobError.storage(status: 403, code: "SignatureDoesNotMatch")) {
            try await store.put(Data("abc".utf8), as: BlobKey(tenant: tenant))
        }
        try FileManager.default.removeItem(atPath: scratch)
        await outbound.close()
    }

    @Test func `missing storage is named in the error`() async throws {
        let address = try BucketAddress("s3://blobs?endpoint=http://127.0.0.1:1", keys: .init(id: "a", secret: "b"))
        let store = try BlobStore(bucket: address, over: outbound, drafts: scratch)
        let error = await #expect(throws: BlobError.self) { try await store.read(BlobKey(tenant: tenant)) }
        guard case .unreachable(let words)? = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(words.contains("127.0.0.1"))
        try FileManager.default.removeItem(atPath: scratch)
        await outbound.close()
    }

    // "Signature Calculations for the Authorization Header" and "Authenticating Requests: Using Query Parameters" of Amazon's S3 reference.
    private static let example = BucketSignature(
        address: try! BucketAddress(
            "s3://examplebucket?region=us-east-1&endpoint=https://s3.amazonaws.com&style=host",
            keys: .init(id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        ),
        time: Date(timeIntervalSince1970: 1_369_353_600)
    )

    @Test(arguments: [
        (
            "/test.txt", [] as [(String, String)], [("range", "bytes=0-9")],
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        ("/", [("max-keys", "2"), ("prefix", "J")], [], "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
        ("/", [("lifecycle", "")], [], "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    ])
    func `requests are signed as Amazon's examples are`(
        _ path: String,
        _ query: [(String, String)],
        _ headers: [(String, String)],
        _ signature: String
    ) throws {
        let signed = Self.example.headers("GET", path, query: query, headers: headers)
        #expect(signed.first { $0.name == "authorization" }?.value.hasSuffix("Signature=\(signature)") == true)
    }

    @Test func `links are signed as Amazon's example is`() {
        let link = Self.example.link("/test.txt", query: [], seconds: 86_400)
        #expect(link.hasPrefix("https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
        #expect(link.hasSuffix("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"))
    }

    @Test func `a link carries the file's name and ends within a week`() async throws {
        try await run { store in
            let key = BlobKey(tenant: tenant)
            let link = try #require(store.link(to: key, name: "Zoë's résumé.pdf", mediaType: "application/pdf", for: .seconds(90 * 86_400)))
            #expect(link.contains("/blobs/some/prefix/\(key)?") && link.contains("X-Amz-Expires=604800"))
            #expect(link.contains("response-content-disposition=attachment%3B%20filename%2A%3DUTF-8%27%27Zo%25C3%25AB%2527s%2520r"))
        }
    }

    @Test(arguments: [
        "", "blobs", "s3://", "s3://A", "s3://ab?style=host", "s3://blobs?style=other", "s3://blobs?nonsense=1", "s3://blobs/a b",
        "s3://blobs?endpoint=ftp://a", "s3://blobs?endpoint=https://a/b", "https://blobs",
    ])
    func `an invalid bucket address is refused`(_ text: String) {
        #expect(throws: BucketAddress.Problem.self) { try BucketAddress(text, keys: .init(id: "a", secret: "b")) }
    }
}
