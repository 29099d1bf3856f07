/// A range of IP addresses in CIDR notation, or one address.
package struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let prefix: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = IPAddress(String(parts[0]))?.bytes else { return nil }
        var prefix = bytes.count * 8
        if parts.count == 2 {
            guard let written = Int(parts[1]), (0...prefix).contains(written) else { return nil }
            prefix = written
        }
        self.bytes = bytes
        self.prefix = prefix
    }

    package var isSingle: Bool { prefix == bytes.count * 8 }

    package func contains(_ address: String) -> Bool { IPAddress(address).map(contains) ?? false }

    package func contains(_ address: IPAddress) -> Bool {
        let other = address.bytes
        guard other.count == bytes.count else { return false }
        let whole = prefix / 8
        guard bytes.prefix(whole) == other.prefix(whole) else { return false }
        let rest = prefix % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
        return bytes[whole] & mask == other[whole] & mask
    }

    /// What limits by address count: an IPv4 address, or the first 64 bits of an IPv6 address, which are the least that a subscriber gets
    /// (RFC 6177), because they can make up the other half. Text that isn't an address stays as it is.
    package static func network(of address: String) -> String {
        guard let parsed = IPAddress(String(address.prefix { $0 != "%" })) else { return address }
        return parsed.bytes.count == 4 ? parsed.description : "\(parsed.bytes.prefix(8).hexadecimal)/64"
    }
}
