import Crypto
import Foundation

/// AWS Signature Version 4 for S3.
struct BucketSignature {
    let address: BucketAddress
    let time: Date

    /// A request's own headers and those that sign it. The path is encoded already.
    func headers(
        _ method: String,
        _ path: String,
        query: [(String, String)] = [],
        headers: [(String, String)] = [],
        body: [UInt8] = []
    ) -> [(name: String, value: String)] {
        let digest = Data(SHA256.hash(data: body)).map(\.twoDigits).joined()
        let own = headers + [("x-amz-content-sha256", digest), ("x-amz-date", moment)]
        let signed = (own + [("host", address.host)]).map { ($0.lowercased(), $1) }.sorted { $0.0 < $1.0 }
        let names = signed.map(\.0).joined(separator: ";")
        let signature = signature(of: [
            method, path, Self.text(query), signed.map { "\($0):\($1)\n" }.joined(), names, digest,
        ])
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(address.keys.id)/\(scope),SignedHeaders=\(names),Signature=\(signature)"
        return (own + [("authorization", authorization)]).map { (name: $0, value: $1) }
    }

    /// An address that is signed itself, good for a while.
    func link(_ path: String, query: [(String, String)], seconds: Int) -> String {
        let all =
            query + [
                ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", "\(address.keys.id)/\(scope)"), ("X-Amz-Date", moment),
                ("X-Amz-Expires", "\(seconds)"), ("X-Amz-SignedHeaders", "host"),
            ]
        let signature = signature(of: ["GET", path, Self.text(all), "host:\(address.host)\n", "host", "UNSIGNED-PAYLOAD"])
        return "\(address.origin)\(path)?\(Self.text(all))&X-Amz-Signature=\(signature)"
    }

    /// Sorted and encoded as both the signature and the request have it.
    static func text(_ query: [(String, String)]) -> String {
        query.map { (encode($0), encode($1)) }.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    /// RFC 3986's unreserved characters stay as they are.
    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "-._~".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + byte.twoDigits.uppercased()
        }.joined()
    }

    private func signature(of canonical: [String]) -> String {
        let request = Data(SHA256.hash(data: Data(canonical.joined(separator: "\n").utf8))).map(\.twoDigits).joined()
        var key = SymmetricKey(data: Data("AWS4\(address.keys.secret)".utf8))
        for part in [day, address.region, "s3", "aws4_request"] {
            key = SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key)))
        }
        let text = "AWS4-HMAC-SHA256\n\(moment)\n\(scope)\n\(request)"
        return Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).map(\.twoDigits).joined()
    }

    private var scope: String { "\(day)/\(address.region)/s3/aws4_request" }
    private var day: String { String(moment.prefix(8)) }

    private var moment: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: time)
        func digits(_ number: Int?, _ count: Int) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2) + "T" + digits(parts.hour, 2)
            + digits(parts.minute, 2) + digits(parts.second, 2) + "Z"
    }
}

extension UInt8 {
    var twoDigits: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}
