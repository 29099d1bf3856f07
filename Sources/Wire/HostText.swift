import Foundation

/// Names of hosts as DNS has them: in ASCII, those in other scripts encoded as UTS #46 says, so that one host has one spelling.
package enum HostText {
    /// In lower case; nil if it isn't a host's name, or has no dot.
    package static func dotted(_ name: some StringProtocol) -> String? {
        let shape = /[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+/
        guard let ascii = ascii(String(name)), ascii.utf8.count <= 253, ascii.wholeMatch(of: shape) != nil else { return nil }
        return ascii
    }

    /// Foundation encodes with ICU. Whatever can't be a name comes back with percent signs, or in its own script.
    private static func ascii(_ name: String) -> String? {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
        guard name.utf8.count <= 1000, name.isStreamSafe, !name.contains(where: { "/?#@:%[]".contains($0) }) else { return nil }
        var components = URLComponents()
        components.scheme = "https"
        components.host = name
        return components.encodedHost?.lowercased()
    }
}
