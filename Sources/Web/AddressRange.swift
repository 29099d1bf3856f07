import Foundation
import Kernel

/// A range of IP addresses in CIDR notation, or one address.
package struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let prefix: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        var prefix = bytes.count * 8
        if parts.count == 2 {
            guard let written = Int(parts[1]), (0...prefix).contains(written) else { return nil }
            prefix = written
        }
        self.bytes = bytes
        self.prefix = prefix
    }

    var isSingle: Bool { prefix == bytes.count * 8 }

    func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
        let whole = prefix / 8
        guard bytes.prefix(whole) == other.prefix(whole) else { return false }
        let rest = prefix % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
        return bytes[whole] & mask == other[whole] & mask
    }

    /// Whom limits by address count: an IPv4 address, or the 64 bits of IPv6 that a subscriber gets at least (RFC 6177), whose other half is theirs
    /// to make up. What is no address counts as it is written.
    static func network(of address: String) -> String {
        guard let bytes = bytes(of: String(address.prefix { $0 != "%" })) else { return address }
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        return "\(bytes.prefix(8).hexadecimal)/64"
    }

    /// An IPv4 address mapped into IPv6 (`::ffff:192.0.2.1`) is that IPv4 address.
    private static func bytes(of address: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, address, &four) == 1 { return withUnsafeBytes(of: four, Array.init) }
        var six = in6_addr()
        guard inet_pton(AF_INET6, address, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: six, Array.init)
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return Array(bytes.prefix(12)) == mapped ? Array(bytes.suffix(4)) : bytes
    }
}
