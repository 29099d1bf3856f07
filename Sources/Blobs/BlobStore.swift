package import Foundation
package import Outbound

/// Files that are written once and never changed: on this machine's disk, or in a bucket. When `put` returns, the file is durable.
package struct BlobStore: Sendable {
    package struct Stored: Equatable, Sendable {
        package let key: BlobKey
        package let size: Int
        /// Lowercase hexadecimal.
        package let sha256: String
    }

    private let place: any BlobPlace
    /// Where incoming files are kept until they are complete.
    private let drafts: String
    private let disk: Disk

    /// In a folder, which is created if need be. Leftovers of an interrupted `put` are removed.
    package init(directory: String) throws(BlobError) {
        let disk = Disk()
        try self.init(Folder(directory: directory, disk: disk), drafts: "\(directory)/drafts", disk)
    }

    /// In a bucket, with a local directory for files on their way there or back.
    package init(bucket: BucketAddress, over outbound: Outbound, drafts: String) throws(BlobError) {
        let disk = Disk()
        try self.init(Bucket(bucket, over: outbound, scratch: drafts, disk: disk), drafts: drafts, disk)
    }

    private init(_ place: any BlobPlace, drafts: String, _ disk: Disk) throws(BlobError) {
        self.place = place
        self.disk = disk
        self.drafts = drafts
        try makeDirectory(drafts)
        try removeDrafts(in: drafts)
    }

    /// Stores a stream. Nothing is kept if the stream fails, ends early by a throw, or exceeds `limit`.
    package func put<Bytes: AsyncSequence>(_ bytes: Bytes, as key: BlobKey, limit: Int = .max) async throws -> Stored
    where Bytes.Element: Collection<UInt8> & Sendable {
        try await withDraft(limit: limit) { draft in
            for try await chunk in bytes {
                try await disk.run { try draft.write(chunk) }
            }
            return try await place.publish(draft, as: key)
        }
    }

    /// Stores a copy of a file.
    package func put(contentsOf file: URL, as key: BlobKey, limit: Int = .max) async throws -> Stored {
        try await withDraft(limit: limit) { draft in
            try await disk.run {
                let source = try OpenFile(reading: file.path)
                while let chunk = try source.next() { try draft.write(chunk) }
            }
            return try await place.publish(draft, as: key)
        }
    }

    package func put(_ data: Data, as key: BlobKey) async throws -> Stored {
        try await withDraft(limit: .max) { draft in
            try await disk.run { try draft.write(data) }
            return try await place.publish(draft, as: key)
        }
    }

    private func withDraft(limit: Int, _ body: (Draft) async throws -> Stored) async throws -> Stored {
        let draft = try await disk.run { [drafts] in try Draft(in: drafts, limit: limit) }
        do {
            let stored = try await body(draft)
            try await disk.run { draft.discard() }
            return stored
        } catch {
            try await disk.run { draft.discard() }
            throw error
        }
    }

    /// The file's size and its bytes in portions, read as they are asked for.
    /// - Parameter range: the bytes to read; beyond the end there are none.
    package func open(_ key: BlobKey, range: Range<Int>? = nil) async throws -> BlobStream {
        try await place.open(key, range: range)
    }

    package func read(_ key: BlobKey, limit: Int = .max) async throws -> Data {
        let stream = try await open(key)
        guard stream.size <= limit else { throw BlobError.tooLarge(limit: limit) }
        var data = Data(capacity: stream.size)
        for try await chunk in stream { data.append(contentsOf: chunk) }
        return data
    }

    /// Runs `body` with a path that a child process may read; the path must not be kept.
    package func withFile<R>(_ key: BlobKey, _ body: (_ path: String) async throws -> R) async throws -> R {
        try await place.withFile(key, body)
    }

    /// Deleting a missing file is not an error, so that deletion can be repeated.
    package func delete(_ key: BlobKey) async throws {
        try await place.delete(key)
    }

    /// All blobs of a tenant, in the order of their keys.
    ///
    /// - Parameter size: the most in a page; a bucket's has at most 1,000.
    package func eachPage(of tenant: UUID, size: Int = 1000, _ body: ([ListedBlob]) async throws -> Void) async throws {
        try await place.eachPage(of: tenant, size: size, body)
    }

    /// An address from which anybody can fetch the file for a while, without this server; nil if the storage has none.
    package func link(to key: BlobKey, name: String, mediaType: String, for time: Duration) -> String? {
        place.link(to: key, name: name, mediaType: mediaType, for: time)
    }
}

/// A blob as its storage lists it.
package struct ListedBlob: Sendable, Equatable {
    package let key: BlobKey
    package let size: Int
    package let storedAt: Date
}

/// Where blobs are stored.
protocol BlobPlace: Sendable {
    /// Durable once it returns. Never replaces an existing blob.
    func publish(_ draft: Draft, as key: BlobKey) async throws -> BlobStore.Stored
    func open(_ key: BlobKey, range: Range<Int>?) async throws -> BlobStream
    func withFile<R>(_ key: BlobKey, _ body: (_ path: String) async throws -> R) async throws -> R
    func delete(_ key: BlobKey) async throws
    func eachPage(of tenant: UUID, size: Int, _ body: ([ListedBlob]) async throws -> Void) async throws
    func link(to key: BlobKey, name: String, mediaType: String, for time: Duration) -> String?
}
