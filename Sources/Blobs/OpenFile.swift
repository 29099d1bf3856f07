import Glibc

/// A file descriptor that closes itself. `next` and `write` move the kernel's own file position, which needs no lock.
final class OpenFile: Sendable {
    static let portion = 128 * 1024

    private let descriptor: Int32

    init(reading path: String) throws(BlobError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("open") }
    }

    init(creating path: String) throws(BlobError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last("open") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func size() throws(BlobError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last("fstat") }
        return Int(status.st_size)
    }

    func next() throws(BlobError) -> [UInt8]? {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.portion) { buffer, filled in
            repeat { count = Glibc.read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
            filled = max(count, 0)
        }
        guard count >= 0 else { throw .last("read") }
        return bytes.isEmpty ? nil : bytes
    }

    /// These bytes, or as many of them as there are.
    func read(_ range: Range<Int>) throws(BlobError) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            repeat {
                count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(range.lowerBound))
            } while count < 0 && errno == EINTR
            filled = max(count, 0)
        }
        guard count >= 0 else { throw .last("pread") }
        return bytes
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(BlobError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .last("write") }
            rest = rest.dropFirst(count)
        }
    }

    func sync() throws(BlobError) {
        guard fsync(descriptor) == 0 else { throw .last("fsync") }
    }
}
