import Kernel

/// Versions as strong entity tags (RFC 9110 section 8.8.3): version 7 is `"7"`.
enum ETag {
    static func text(_ version: Int) -> String { "\"\(version)\"" }

    /// The version in an If-Match header; nil for `*`. A tag that isn't one of our versions can't match anything.
    static func expected(_ header: String) throws(Failure) -> Int? {
        let tag = header.trimmingPrefix { $0 == " " }
        if tag == "*" { return nil }
        guard tag.count >= 2, tag.first == "\"", tag.last == "\"", !tag.dropFirst().dropLast().contains("\"") else {
            throw .validation("ifMatch", "Send one ETag as If-Match, in its quotes.")
        }
        guard let version = Int(tag.dropFirst().dropLast()) else { throw .stale }
        return version
    }

    /// Whether an If-None-Match header names the version; its comparison is weak.
    static func matches(_ header: String, _ version: Int) -> Bool { matches(header, text(version)) }

    static func matches(_ header: String, _ wanted: String) -> Bool {
        header.split(separator: ",").contains { part in
            let tag = part.trimmingPrefix { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || tag == wanted || tag == "W/" + wanted
        }
    }
}
