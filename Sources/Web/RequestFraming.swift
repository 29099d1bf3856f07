import Kernel
import NIOHTTP1

/// Finds request heads that could mean one thing to us and another to a proxy in front of us (RFC 9112, sections 3.2, 6 and 11.2).
enum RequestFraming {
    static func problem(in head: HTTPRequestHead) -> String? {
        problemWithHost(head) ?? problemWithLength(head)
    }

    private static func problemWithHost(_ head: HTTPRequestHead) -> String? {
        let values = head.headers["host"]
        // HTTP/1.0 has no Host; health checks of old load balancers still use it.
        if values.isEmpty { return head.version == .http1_0 ? nil : "The request has no Host." }
        guard values.count == 1, let host = values.first else { return "The request has more than one Host." }
        guard isHost(host) else { return "The request's Host is not valid." }
        if let authority = authority(of: head.uri), authority.lowercased() != host.lowercased() {
            return "The request's Host does not match its target."
        }
        return nil
    }

    private static func problemWithLength(_ head: HTTPRequestHead) -> String? {
        let lengths = head.headers["content-length"]
        let codings = head.headers["transfer-encoding"]
        guard codings.isEmpty || lengths.isEmpty else { return "The request has both a Content-Length and a Transfer-Encoding." }
        guard lengths.count <= 1 else { return "The request has more than one Content-Length." }
        if let length = lengths.first, !length.utf8.allSatisfy(isDigit) || Int(length) == nil {
            return "The request's Content-Length is not valid."
        }
        guard codings.isEmpty || head.version == .http1_1 && codings.count == 1 && codings[0].lowercased() == "chunked" else {
            return "The request's Transfer-Encoding is not valid."
        }
        return nil
    }

    /// `host[:port]` in the characters of RFC 3986, section 3.2.2.
    static func isHost(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...300).contains(bytes.count) else { return false }
        let isAddress = bytes.first == UInt8(ascii: "[")
        let name = isAddress ? bytes.dropFirst().prefix { $0 != UInt8(ascii: "]") } : bytes.prefix { $0 != UInt8(ascii: ":") }
        let port = bytes[name.endIndex...].dropFirst(isAddress ? 1 : 0)
        guard !name.isEmpty, name.allSatisfy(isAddress ? isInAddress : isInName) else { return false }
        guard !isAddress || name.endIndex < bytes.endIndex else { return false }
        return port.isEmpty || port.first == UInt8(ascii: ":") && port.count <= 6 && port.dropFirst().allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

    private static func isInAddress(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == 0x3A || byte == 0x2E }

    private static func isInName(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || "-._~!$&'()*+,;=%".utf8.contains(byte) }

    /// The authority of a target in absolute form.
    private static func authority(of target: String) -> Substring? {
        guard target.utf8.first != UInt8(ascii: "/"), let start = target.firstRange(of: "://") else { return nil }
        return target[start.upperBound...].prefix { $0 != "/" && $0 != "?" }
    }
}
