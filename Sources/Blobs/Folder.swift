import Foundation
import Glibc

/// Blobs as files on this machine's disk. A blob survives a power cut: both its bytes and its name have been synced to the disk.
struct Folder: BlobPlace {
    let directory: String
    let disk: Disk

    func publish(_ draft: Draft, as key: BlobKey) async throws -> BlobStore.Stored {
        try await disk.run { [directory] in try draft.publish(as: key, in: directory) }
    }

    /// It stays readable if the blob is deleted meanwhile.
    func open(_ key: BlobKey, range: Range<Int>?) async throws -> BlobStream {
        try await disk.run { [directory, disk] in
            do {
                let file = try OpenFile(reading: path(of: key, in: directory))
                return BlobStream(size: try file.size(), range: range, portion: OpenFile.portion) { range in
                    try await disk.run { try file.read(range) }
                }
            } catch BlobError.disk(_, ENOENT, _) {
                throw BlobError.notFound(key)
            }
        }
    }

    func withFile<R>(_ key: BlobKey, _ body: (_ path: String) async throws -> R) async throws -> R {
        let path = path(of: key, in: directory)
        guard access(path, R_OK) == 0 else { throw errno == ENOENT ? BlobError.notFound(key) : .last("access") }
        return try await body(path)
    }

    func delete(_ key: BlobKey) async throws {
        try await disk.run { [directory] in
            let path = path(of: key, in: directory)
            if unlink(path) == 0 {
                try syncDirectory(parent(of: path))
            } else if errno != ENOENT {
                throw BlobError.last("unlink")
            }
        }
    }

    func eachPage(of tenant: UUID, size: Int, _ body: ([ListedBlob]) async throws -> Void) async throws {
        let tenant = tenant.uuidString.lowercased()
        let root = "\(directory)/\(tenant)"
        for year in try await disk.run({ try names(in: root) }) {
            var names = try await disk.run { try self.names(in: "\(root)/\(year)") }[...]
            while !names.isEmpty {
                let page = names.prefix(size)
                names = names.dropFirst(size)
                let listed = try await disk.run { page.compactMap { name in self.listed("\(tenant)/\(year)/\(name)") } }
                try await body(listed)
            }
        }
    }

    /// Nil for a file that isn't ours, or was deleted meanwhile.
    private func listed(_ name: String) -> ListedBlob? {
        var status = stat()
        guard let key = BlobKey(name), stat("\(directory)/\(name)", &status) == 0 else { return nil }
        let time = Date(timeIntervalSince1970: TimeInterval(status.st_mtim.tv_sec))
        return ListedBlob(key: key, size: Int(status.st_size), storedAt: time)
    }

    func link(to key: BlobKey, name: String, mediaType: String, for time: Duration) -> String? { nil }

    private func names(in path: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch CocoaError.fileReadNoSuchFile {
            return []
        }
    }
}
