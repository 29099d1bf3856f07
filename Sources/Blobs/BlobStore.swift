package import Foundation
import Glibc

/// Files on this machine's disk, written once and never changed. When `put` returns, the file outlives a power cut:
/// its bytes and its name have both been forced to the disk.
package struct BlobStore: Sendable {
    package struct Stored: Equatable, Sendable {
        package let key: BlobKey
        package let size: Int
        /// Lowercase hexadecimal.
        package let sha256: String
    }

    private let directory: String
    private let disk = Disk()

    /// Makes the directory if need be; what an interrupted `put` left behind there is removed.
    package init(directory: String) throws(BlobError) {
        self.directory = directory
        try makeDirectory("\(directory)/drafts")
        try removeDrafts(in: "\(directory)/drafts")
    }

    /// Stores a stream. Nothing is kept when the stream fails, ends early by a throw, or passes `limit`.
    package func put<Bytes: AsyncSequence>(_ bytes: Bytes, as key: BlobKey, limit: Int = .max) async throws -> Stored
    where Bytes.Element: Collection<UInt8> & Sendable {
        let draft = try await disk.run { [directory] in try Draft(in: "\(directory)/drafts", limit: limit) }
        do {
            for try await chunk in bytes {
                try await disk.run { try draft.write(chunk) }
            }
            return try await disk.run { [directory] in try draft.publish(as: key, in: directory) }
        } catch {
            try await disk.run { draft.discard() }
            throw error
        }
    }

    /// Stores a copy of a file.
    package func put(contentsOf file: URL, as key: BlobKey, limit: Int = .max) async throws -> Stored {
        try await disk.run { [directory] in
            let source = try OpenFile(reading: file.path)
            let draft = try Draft(in: "\(directory)/drafts", limit: limit)
            do {
                while let chunk = try source.next() { try draft.write(chunk) }
                return try draft.publish(as: key, in: directory)
            } catch {
                draft.discard()
                throw error
            }
        }
    }

    package func put(_ data: Data, as key: BlobKey) async throws -> Stored {
        try await disk.run { [directory] in
            let draft = try Draft(in: "\(directory)/drafts", limit: .max)
            do {
                try draft.write(data)
                return try draft.publish(as: key, in: directory)
            } catch {
                draft.discard()
                throw error
            }
        }
    }

    /// The file's size and its bytes in portions, read as they are asked for.
    package func open(_ key: BlobKey) async throws -> BlobStream {
        try await disk.run { [directory, disk] in
            do {
                return try BlobStream(file: OpenFile(reading: path(of: key, in: directory)), disk: disk)
            } catch BlobError.disk(_, ENOENT, _) {
                throw BlobError.notFound(key)
            }
        }
    }

    package func read(_ key: BlobKey, limit: Int = .max) async throws -> Data {
        let stream = try await open(key)
        guard stream.size <= limit else { throw BlobError.tooLarge(limit: limit) }
        var data = Data(capacity: stream.size)
        for try await chunk in stream { data.append(contentsOf: chunk) }
        return data
    }

    /// Runs `body` with a path that a child process may read; the path is nobody's to keep.
    package func withFile<R>(_ key: BlobKey, _ body: (_ path: String) async throws -> R) async throws -> R {
        let path = path(of: key, in: directory)
        guard access(path, R_OK) == 0 else { throw errno == ENOENT ? BlobError.notFound(key) : .last("access") }
        return try await body(path)
    }

    /// Deleting what is gone already is no failure, so that deletion can be repeated.
    package func delete(_ key: BlobKey) async throws {
        try await disk.run { [directory] in
            let path = path(of: key, in: directory)
            if unlink(path) == 0 {
                try syncDirectory(parent(of: path))
            } else if errno != ENOENT {
                throw BlobError.last("unlink")
            }
        }
    }
}
