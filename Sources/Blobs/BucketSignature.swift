import Crypto
import Foundation
import Kernel

/// AWS Signature Version 4 for S3.
struct BucketSignature {
    let address: BucketAddress
    /// `20260131T235959Z`.
    private let moment: String

    init(address: BucketAddress, time: Date) {
        self.address = address
        let format = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        moment = time.formatted(format)
    }

    /// A request's own headers plus those that sign it. The path is already encoded.
    func headers(
        _ method: String,
        _ path: String,
        query: [(String, String)] = [],
        headers: [(String, String)] = [],
        body: [UInt8] = []
    ) -> [(name: String, value: String)] {
        let digest = SHA256.hash(data: body).hexadecimal
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

    /// A signed address, valid for a while.
    func link(_ path: String, query: [(String, String)], seconds: Int) -> String {
        let all =
            query + [
                ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", "\(address.keys.id)/\(scope)"), ("X-Amz-Date", moment),
                ("X-Amz-Expires", "\(seconds)"), ("X-Amz-SignedHeaders", "host"),
            ]
        let signature = signature(of: ["GET", path, Self.text(all), "host:\(address.host)\n", "host", "UNSIGNED-PAYLOAD"])
        return "\(address.origin)\(path)?\(Self.text(all))&X-Amz-Signature=\(signature)"
    }

    /// Sorted and encoded as both the signature and the request need it.
    static func text(_ query: [(String, String)]) -> String {
        query.map { ($0.percentEncoded, $1.percentEncoded) }.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    private func signature(of canonical: [String]) -> String {
        let request = SHA256.hash(data: Data(canonical.joined(separator: "\n").utf8)).hexadecimal
        var key = SymmetricKey(data: Data("AWS4\(address.keys.secret)".utf8))
        for part in [day, address.region, "s3", "aws4_request"] {
            key = SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key)))
        }
        let text = "AWS4-HMAC-SHA256\n\(moment)\n\(scope)\n\(request)"
        return HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key).hexadecimal
    }

    private var scope: String { "\(day)/\(address.region)/s3/aws4_request" }
    private var day: String { String(moment.prefix(8)) }
}
