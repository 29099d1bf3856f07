import Crypto
import Glibc
import Kernel
import Synchronization

/// A file that is being written and has no name in the store yet.
final class Draft: Sendable {
    private struct Progress {
        var hash = SHA256()
        var size = 0
    }

    let path: String
    private let limit: Int
    private let file: OpenFile
    private let progress = Mutex(Progress())

    init(in directory: String, limit: Int) throws(BlobError) {
        path = "\(directory)/\(UInt64.random(in: 0...UInt64.max))"
        self.limit = limit
        file = try OpenFile(creating: path)
    }

    func write<Bytes: Collection<UInt8>>(_ bytes: Bytes) throws {
        let written: Void? = try bytes.withContiguousStorageIfAvailable { try write(UnsafeRawBufferPointer($0)) }
        if written == nil { try Array(bytes).withUnsafeBytes { try write($0) } }
    }

    /// Durable once it returns: the bytes first, then the name, then the directory that holds the name.
    func publish(as key: BlobKey, in directory: String) throws(BlobError) -> BlobStore.Stored {
        try file.sync()
        let target = Blobs.path(of: key, in: directory)
        try makeDirectory(parent(of: target))
        // Unlike `rename`, `link` never replaces what is there.
        guard link(path, target) == 0 else { throw errno == EEXIST ? .exists(key) : .last("link") }
        do throws(BlobError) {
            try syncDirectory(parent(of: target))
        } catch {
            unlink(target)
            throw error
        }
        unlink(path)
        return stored(as: key)
    }

    /// Its description once it is published.
    func stored(as key: BlobKey) -> BlobStore.Stored {
        let done = progress.withLock { $0 }
        return BlobStore.Stored(key: key, size: done.size, sha256: done.hash.finalize().hexadecimal)
    }

    /// Exactly these bytes.
    func read(_ range: Range<Int>) throws(BlobError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < range.count {
            let more = try file.read(range.lowerBound + bytes.count..<range.upperBound)
            guard !more.isEmpty else { throw .brokenOff }
            bytes += more
        }
        return bytes
    }

    func discard() {
        unlink(path)
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(BlobError) {
        guard bytes.count <= limit - progress.withLock(\.size) else { throw .tooLarge(limit: limit) }
        try file.write(bytes)
        progress.withLock {
            $0.hash.update(bufferPointer: bytes)
            $0.size += bytes.count
        }
    }
}
