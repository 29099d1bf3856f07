import Kernel
import NIOCore

/// Which addresses a stranger may make us connect to: those on the public Internet, and what the installation allows by name or range.
package struct AddressPolicy: Sendable {
    package struct Permit: Sendable, CustomStringConvertible {
        fileprivate enum Scope: Sendable {
            case range(AddressRange)
            case host(String)
        }

        fileprivate let scope: Scope
        package let description: String

        /// `10.1.0.0/16`, `192.168.1.7`, `hooks.internal`; nil for anything else.
        package init?(_ text: String) {
            description = text
            if let range = AddressRange(text) {
                scope = .range(range)
            } else if let host = HostName(text) {
                scope = .host(host.text)
            } else {
                return nil
            }
        }
    }

    private let permits: [Permit]
    private let isProduction: Bool

    package init(permits: [Permit] = [], isProduction: Bool = true) {
        self.permits = permits
        self.isProduction = isProduction
    }

    func allows(_ address: IPAddress, of host: HostName) -> Bool {
        if isPermitted(address, host) { return !isProduction || !Self.neverInProduction.contains { $0.contains(address) } }
        return Self.isPublic(address) && !Self.isOwn(address)
    }

    private func isPermitted(_ address: IPAddress, _ host: HostName) -> Bool {
        permits.contains { permit in
            switch permit.scope {
            case .range(let range): range.contains(address)
            case .host(let name): name == host.text
            }
        }
    }

    static func isPublic(_ address: IPAddress) -> Bool {
        address.bytes.count == 4
            ? !special4.contains { $0.contains(address) }
            : global6.contains(address) && !special6.contains { $0.contains(address) }
    }

    /// This machine's own addresses are behind its firewall, however public they are.
    private static func isOwn(_ address: IPAddress) -> Bool {
        guard let devices = try? System.enumerateDevices() else { return true }
        return devices.contains { device in device.address?.ipAddress.flatMap { IPAddress(String($0.prefix { $0 != "%" })) } == address }
    }

    private static func ranges(_ texts: String...) -> [AddressRange] { texts.compactMap(AddressRange.init) }

    // The registries of special-purpose addresses (RFC 6890, kept by IANA), and the clouds' metadata addresses.
    private static let special4 = ranges(
        "0.0.0.0/8",  // this network
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",  // private
        "100.64.0.0/10",  // behind a carrier's NAT; 100.100.100.200 answers with Alibaba's metadata
        "127.0.0.0/8",  // loopback
        "169.254.0.0/16",  // link-local, and nearly every cloud's metadata
        "168.63.129.16",  // Azure's metadata, in a public range
        "192.0.0.0/24",  // protocol assignments; 192.0.0.192 answers with Oracle's metadata
        "192.0.2.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",  // documentation
        "192.88.99.0/24",  // relays of 6to4
        "198.18.0.0/15",  // benchmarks
        "224.0.0.0/4",  // multicast
        "240.0.0.0/4"  // reserved, and broadcast
    )

    // Contains everything that is globally routed: no loopback, no unique local, no link-local, no NAT64 (64:ff9b::/96, 64:ff9b:1::/48).
    private static let global6 = ranges("2000::/3")[0]
    private static let special6 = ranges(
        "2001::/23",  // protocol assignments: Teredo, ORCHID, measurements
        "2001:db8::/32",
        "3fff::/20",  // documentation
        "2002::/16"  // 6to4: an IPv4 address within
    )

    /// What can't be allowed in production: this machine, and addresses only reachable on its own link.
    private static let neverInProduction = ranges(
        "0.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "::/127",
        "fe80::/10",
        "fd00:ec2::254",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "ff00::/8"
    )
}
