/// A version computed from what its reader sees, for readers who don't see everything that changes a row's own version. The same content
/// has the same version on every server; 48 bits of FNV-1a, so that it is a whole number in every JSON reader.
package func visibleVersion(of seen: some Encodable) -> Int {
    do {
        let hash = try Wire.encode(seen).reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Int((hash ^ (hash >> 48)) & 0xFFFF_FFFF_FFFF)
    } catch {
        return 0
    }
}
