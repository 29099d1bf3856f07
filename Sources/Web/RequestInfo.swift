import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// One request as it came in: its id, where it came from and when.
struct RequestInfo: Sendable {
    let requestID: String
    let address: String
    let userAgent: String
    let started: ContinuousClock.Instant

    var origin: Origin { Origin(address: address, userAgent: userAgent, requestID: requestID) }

    init(_ request: Request, _ context: WebContext, trusting proxies: [AddressRange]) {
        started = .now
        userAgent = String((request.headers[.userAgent] ?? "").prefix(300))
        let peer = context.channel.remoteAddress?.ipAddress ?? ""
        guard !proxies.isEmpty, proxies.contains(where: { $0.contains(peer) }) else {
            address = peer
            requestID = Self.newRequestID()
            return
        }
        address = Self.client(request.headers[.xForwardedFor], behind: peer, trusting: proxies)
        requestID = request.headers[.xRequestID].flatMap { Self.isWellFormed($0) ? $0 : nil } ?? Self.newRequestID()
    }

    /// The rightmost address that isn't a trusted proxy's: anybody can have written what is to the left of it.
    static func client(_ forwarded: String?, behind peer: String, trusting proxies: [AddressRange]) -> String {
        var client = peer
        for part in (forwarded ?? "").split(separator: ",").reversed() {
            let hop = withoutPort(part.trimmingPrefix { $0 == " " }.prefix { $0 != " " })
            guard let range = AddressRange(hop), range.isSingle else { return client }
            client = hop
            if !proxies.contains(where: { $0.contains(client) }) { return client }
        }
        return client
    }

    /// Some proxies append the port, and write IPv6 in brackets (RFC 7239, 6).
    private static func withoutPort(_ hop: Substring) -> String {
        if hop.hasPrefix("[") { return String(hop.dropFirst().prefix { $0 != "]" }) }
        let parts = hop.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        return String(parts.count == 2 ? parts[0] : hop)
    }

    static func newRequestID() -> String { "req_" + Identifier<RequestInfo>().description }

    private static func isWellFormed(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
                default: false
                }
            }
    }
}
