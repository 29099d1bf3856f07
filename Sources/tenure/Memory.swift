import CMalloc
import Foundation

/// glibc's allocator as a server of many threads needs it: by itself it makes eight arenas a core and keeps in each what its threads once used.
enum Memory {
    static func settle() {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        mallopt(M_ARENA_MAX, Int32(max(2, cores)))
        // Set by hand they stay; else the threshold rises past the largest block that was ever freed, and large blocks come to lie in arenas.
        mallopt(M_MMAP_THRESHOLD, 256 << 10)
        mallopt(M_TRIM_THRESHOLD, 512 << 10)
    }
}
