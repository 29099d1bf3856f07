import Foundation

/// Which bucket, and how to sign in: `s3://bucket/prefix?region=eu-central-1&endpoint=https://storage.internal:9000&style=path`.
package struct BucketAddress: Sendable {
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package struct Keys: Sendable {
        let id: String
        let secret: String

        package init(id: String, secret: String) {
            self.id = id
            self.secret = secret
        }
    }

    let bucket: String
    /// The prefix of each key: empty, or ending with a slash.
    let prefix: String
    let region: String
    let keys: Keys
    /// Scheme, host and port of the bucket itself; no slash at the end.
    let origin: String
    /// The host as it is signed: without the scheme's default port.
    let host: String
    /// `/bucket` if the bucket is part of the path, else empty.
    let root: String

    package init(_ text: String, keys: Keys) throws(Problem) {
        guard let parts = URLComponents(string: text), parts.scheme == "s3", let bucket = parts.host,
            bucket.wholeMatch(of: /[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/) != nil
        else { throw Problem(description: "It must be written as s3://bucket/prefix?region=...") }
        let prefix = parts.path.split(separator: "/").joined(separator: "/")
        guard prefix.wholeMatch(of: /[A-Za-z0-9._\/-]*/) != nil else {
            throw Problem(description: "A prefix must consist of letters, digits, dots, dashes and slashes.")
        }
        var options: [String: String] = [:]
        for item in parts.queryItems ?? [] { options[item.name] = item.value }
        guard Set(options.keys).isSubset(of: ["region", "endpoint", "style"]) else {
            throw Problem(description: "Its options are region, endpoint and style.")
        }
        let region = options["region"] ?? "us-east-1"
        let style = options["style"] ?? (options["endpoint"] == nil ? "host" : "path")
        guard ["host", "path"].contains(style) else { throw Problem(description: "Its style must be host or path.") }
        guard let endpoint = URLComponents(string: options["endpoint"] ?? "https://s3.\(region).amazonaws.com"),
            let scheme = endpoint.scheme, ["http", "https"].contains(scheme), let name = endpoint.host?.lowercased(), !name.isEmpty,
            endpoint.path.isEmpty || endpoint.path == "/"
        else { throw Problem(description: "Its endpoint must be an address such as https://storage.internal:9000.") }
        let port = endpoint.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : $0 }
        self.bucket = bucket
        self.prefix = prefix.isEmpty ? "" : prefix + "/"
        self.region = region
        self.keys = keys
        host = (style == "host" ? "\(bucket).\(name)" : name) + (port.map { ":\($0)" } ?? "")
        origin = "\(scheme)://\(host)"
        root = style == "host" ? "" : "/\(bucket)"
    }
}
