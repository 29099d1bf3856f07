import Kernel

/// Percent-encoding of RFC 3986, and the `+` of HTML forms.
enum PercentEncoding {
    /// Nil for a broken escape or for bytes that are not UTF-8.
    static func decode(_ text: some Sequence<UInt8>, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// A request's query: each name once, and only names that the operation knows.
enum Query {
    static func fields(_ query: String, known: Set<String>) throws(Failure) -> [String: String] {
        var fields: [String: String] = [:]
        var problems = FieldProblems()
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true) else {
                problems.note("query", "Is not validly percent-encoded.")
                continue
            }
            guard let value = PercentEncoding.decode(parts.dropFirst().first ?? "".utf8[...], plusIsSpace: true) else {
                problems.note(name, "Is not validly percent-encoded.")
                continue
            }
            guard name.utf8.count <= ContentReader.longestName, known.contains(name) else {
                problems.noteUnknown(name, meant: known.nearest(to: name))
                continue
            }
            if fields.updateValue(value, forKey: name) != nil { problems.note(name, "Must be given once.") }
        }
        guard problems.isEmpty else { throw .validation(problems) }
        return fields
    }
}
