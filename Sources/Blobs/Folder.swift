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

    func list(tenant: UUID, after key: BlobKey?, limit: Int) async throws -> [ListedBlob] {
        try await disk.run { [directory] in
            var found: [ListedBlob] = []
            let root = "\(directory)/\(tenant.uuidString.lowercased())"
            for year in names(in: root) where key.map({ year >= "\($0.year)" }) ?? true {
                for name in names(in: "\(root)/\(year)") {
                    guard let blob = BlobKey("\(tenant.uuidString.lowercased())/\(year)/\(name)"),
                        key.map({ blob.description > $0.description }) ?? true
                    else { continue }
                    var status = stat()
                    // Deleted meanwhile, perhaps.
                    guard stat("\(root)/\(year)/\(name)", &status) == 0 else { continue }
                    let time = Date(timeIntervalSince1970: TimeInterval(status.st_mtim.tv_sec))
                    found.append(ListedBlob(key: blob, size: Int(status.st_size), storedAt: time))
                    if found.count == limit { return found }
                }
            }
            return found
        }
    }

    func link(to key: BlobKey, name: String, mediaType: String, for time: Duration) -> String? { nil }

    private func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
}
