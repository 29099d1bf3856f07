import Foundation
import Kernel

/// A host in its one canonical form: lower case, without brackets, in the characters of names and addresses.
struct HostName: Hashable, Sendable {
    let text: String

    init?(_ written: String) {
        var text = written.lowercased()
        if text.hasPrefix("["), text.hasSuffix("]") {
            text = String(text.dropFirst().dropLast())
            // Only an IPv6 address may be in brackets; with a zone it would name a link of this machine.
            guard text.contains(":"), IPAddress(text) != nil else { return nil }
        } else {
            let isName = text.utf8.allSatisfy { byte in
                byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
            guard isName || IPAddress(text) != nil else { return nil }
        }
        // `localhost.` is localhost.
        if text.hasSuffix(".") { text.removeLast() }
        guard !text.isEmpty, text.utf8.count <= 253 else { return nil }
        self.text = text
    }
}

/// Where a request goes, parsed once: what is checked is what is connected to.
struct Destination: Sendable {
    let scheme: String
    let host: HostName
    let port: Int
    /// The URL for the HTTP client: made from the parts, never what somebody wrote.
    let url: String

    init(_ written: String) throws(OutboundError) {
        guard written.utf8.count <= 8192, written.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let parts = URLComponents(string: written)
        else { throw .badAddress("It is not a web address.") }
        guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
            throw .badAddress("Only http and https are supported.")
        }
        guard parts.user == nil, parts.password == nil else { throw .badAddress("An address must not contain a user name or password.") }
        guard let encoded = parts.encodedHost, let host = HostName(encoded) else { throw .badAddress("It has no host.") }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard (1...65_535).contains(port) else { throw .badAddress("The port must be between 1 and 65535.") }
        self.scheme = scheme
        self.host = host
        self.port = port
        let query = parts.percentEncodedQuery.map { "?\($0)" } ?? ""
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        let shown = host.text.contains(":") ? "[\(host.text)]" : host.text
        let address = "\(scheme)://\(shown):\(port)\(path)\(query)"
        // The HTTP client parses the host out of this text again: it must be the same.
        guard let read = URL(string: address)?.host(percentEncoded: false), read == shown || read == host.text else {
            throw .badAddress("It is not a web address.")
        }
        url = address
    }

    /// The same host, port and scheme: what a secret was meant for.
    func hasSameOrigin(as other: Destination) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }
}
