import Glibc

/// The memory that Argon2 fills, in pages of its own: through malloc each thread that ever hashed would keep it. It belongs to one thread
/// at a time and is reused until it is released.
final class HashingMemory {
    private var region: UnsafeMutableRawPointer?
    private var size = 0

    /// libargon2's callbacks get no context, so the thread remembers whose memory it is.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = pthread_key_create(&key, nil)
        precondition(status == 0, "no thread-specific data: error \(status)")
        return key
    }()

    deinit {
        release()
    }

    func use<Result>(_ body: () -> Result) -> Result {
        pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
        defer { pthread_setspecific(Self.key, nil) }
        return body()
    }

    /// Gives the pages back.
    func release() {
        if let region { munmap(region, size) }
        region = nil
        size = 0
    }

    private func pages(_ wanted: Int) -> UnsafeMutablePointer<UInt8>? {
        if wanted > size {
            release()
            let found = mmap(nil, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard found != MAP_FAILED else { return nil }
            region = found
            size = wanted
        }
        return region?.assumingMemoryBound(to: UInt8.self)
    }

    static let allocate: @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, Int) -> Int32 = { place, wanted in
        guard let this = pthread_getspecific(key) else { return -1 }
        place?.pointee = Unmanaged<HashingMemory>.fromOpaque(this).takeUnretainedValue().pages(wanted)
        return place?.pointee == nil ? -1 : 0
    }

    /// libargon2 has wiped it, and it waits to be reused.
    static let free: @convention(c) (UnsafeMutablePointer<UInt8>?, Int) -> Void = { _, _ in }
}
