import Foundation
import Testing

@testable import Blobs

struct BlobStoreTests: ~Copyable {
    private let directory: String
    private let store: BlobStore
    private let tenant = UUID()

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "blobs-\(UUID().uuidString)/a/b").path
        store = try BlobStore(directory: directory)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    private var drafts: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: "\(directory)/drafts") }
    }

    private struct Broken: Error {}

    @Test func `a stored file is read back, with its size and hash`() async throws {
        let key = BlobKey(tenant: tenant)
        let stored = try await store.put(Data("abc".utf8), as: key)
        // FIPS 180-4's own example.
        #expect(stored.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(stored.size == 3)
        #expect(try await store.read(key) == Data("abc".utf8))
        #expect(try drafts.isEmpty)
    }

    @Test func `a stream of many chunks comes back in order`() async throws {
        let chunks = (0..<40).map { number in [UInt8](repeating: UInt8(number), count: 40_000) }
        let key = BlobKey(tenant: tenant)
        let stream = AsyncStream<[UInt8]> { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
        #expect(try await store.put(stream, as: key).size == 1_600_000)
        let open = try await store.open(key)
        var bytes: [UInt8] = []
        for try await chunk in open { bytes += chunk }
        #expect(open.size == 1_600_000)
        #expect(bytes == chunks.flatMap(\.self))
    }

    @Test func `a file is copied, and lent by path`() async throws {
        let source = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: source) }
        let data = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
        try data.write(to: source)
        let key = BlobKey(tenant: tenant)
        let stored = try await store.put(contentsOf: source, as: key)
        #expect(stored.size == data.count)
        #expect(try await store.withFile(key) { try Data(contentsOf: URL(fileURLWithPath: $0)) } == data)
    }

    @Test func `an upload that is too large or breaks off leaves nothing`() async throws {
        let key = BlobKey(tenant: tenant)
        let broken = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield([1, 2, 3])
            continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) { try await store.put(broken, as: key) }
        let endless = AsyncStream<[UInt8]> { [UInt8](repeating: 0, count: 1000) }
        await #expect(throws: BlobError.tooLarge(limit: 10_500)) { try await store.put(endless, as: key, limit: 10_500) }
        await #expect(throws: BlobError.notFound(key)) { try await store.read(key) }
        #expect(try drafts.isEmpty)
    }

    @Test func `a key is written once`() async throws {
        let key = BlobKey(tenant: tenant)
        _ = try await store.put(Data("first".utf8), as: key)
        await #expect(throws: BlobError.exists(key)) { try await store.put(Data("second".utf8), as: key) }
        #expect(try await store.read(key) == Data("first".utf8))
        #expect(try drafts.isEmpty)
    }

    @Test func `a deleted blob is gone, but current readers can finish`() async throws {
        let key = BlobKey(tenant: tenant)
        _ = try await store.put(Data("abc".utf8), as: key)
        let open = try await store.open(key)
        try await store.delete(key)
        try await store.delete(key)
        await #expect(throws: BlobError.notFound(key)) { try await store.open(key) }
        await #expect(throws: BlobError.notFound(key)) { try await store.withFile(key) { _ in } }
        var bytes: [UInt8] = []
        for try await chunk in open { bytes += chunk }
        #expect(bytes == Array("abc".utf8))
    }

    @Test func `many at once do not disturb each other`() async throws {
        let keys = (0..<100).map { _ in BlobKey(tenant: tenant) }
        let store = store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for key in keys {
                group.addTask { _ = try await store.put(Data(key.description.utf8), as: key) }
            }
            try await group.waitForAll()
        }
        for key in keys { #expect(try await store.read(key) == Data(key.description.utf8)) }
    }

    @Test func `old drafts are swept at the start, fresh ones are left`() throws {
        let old = "\(directory)/drafts/1"
        let fresh = "\(directory)/drafts/2"
        for path in [old, fresh] { _ = FileManager.default.createFile(atPath: path, contents: Data()) }
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: old)
        _ = try BlobStore(directory: directory)
        #expect(try drafts == ["2"])
    }

    @Test(arguments: [
        "", "a", "../../etc/passwd", "/etc/passwd", "%/2026/../../x", "%/2026/%/", "%//%", "%/2026", "%/+2026/%", "%/02026/%", "%/1/%",
        "%/2026/%\u{0}",
    ])
    func `what only looks like a key is not one`(_ pattern: String) {
        let text = pattern.replacing("%", with: UUID().uuidString.lowercased())
        #expect(BlobKey(text) == nil)
    }

    @Test func `a key survives being written down`() throws {
        let key = BlobKey(tenant: tenant, at: Date(timeIntervalSince1970: 1_767_323_045))
        #expect(key.description.hasPrefix("\(tenant.uuidString.lowercased())/2026/"))
        #expect(BlobKey(key.description) == key)
        #expect(BlobKey(key.description.uppercased()) == nil)
        #expect(try JSONDecoder().decode([BlobKey].self, from: JSONEncoder().encode([key])) == [key])
    }
}
