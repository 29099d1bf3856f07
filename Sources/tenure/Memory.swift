import CMalloc
import Foundation

/// Configures glibc's allocator for a server with many threads: by default it creates eight arenas per core and keeps in each what its
/// threads once used.
enum Memory {
    static func settle() {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        mallopt(M_ARENA_MAX, Int32(max(2, cores)))
        // Once set they stay fixed; otherwise the threshold rises past the largest block ever freed, and large blocks end up in arenas.
        mallopt(M_MMAP_THRESHOLD, 256 << 10)
        mallopt(M_TRIM_THRESHOLD, 512 << 10)
    }
}
