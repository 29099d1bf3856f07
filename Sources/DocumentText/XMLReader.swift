/// A forward reader of XML that knows tags, attributes, text and the five predefined entities. It has no document type definitions and so
/// no entity expansion: a file can't cause more work than its length.
struct XMLReader {
    enum Token: Equatable {
        case open(String, attributes: [String: String])
        case close(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var pendingClose: String?

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    mutating func next() -> Token? {
        if let name = pendingClose {
            pendingClose = nil
            return .close(name)
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else { return .text(decoded(take(until: UInt8(ascii: "<")))) }
            if let token = tag() { return token }
        }
        return nil
    }

    /// Reads `<...>`; nil for declarations, comments and instructions, which are ignored.
    private mutating func tag() -> Token? {
        position += 1
        guard position < bytes.count else { return nil }
        let isIgnored = bytes[position] == UInt8(ascii: "!") || bytes[position] == UInt8(ascii: "?")
        var content = take(until: UInt8(ascii: ">"))
        position += 1
        if isIgnored { return nil }
        if content.first == UInt8(ascii: "/") { return .close(name(in: content.dropFirst())) }
        let isEmpty = content.last == UInt8(ascii: "/")
        if isEmpty { content = content.dropLast() }
        let name = name(in: content)
        if isEmpty { pendingClose = name }
        return .open(name, attributes: attributes(in: content.dropFirst(name.utf8.count)))
    }

    private mutating func take(until end: UInt8) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, bytes[position] != end { position += 1 }
        return bytes[start..<position]
    }

    private func name(in content: ArraySlice<UInt8>) -> String {
        String(decoding: content.prefix { $0 > 0x20 }, as: UTF8.self)
    }

    private func attributes(in content: ArraySlice<UInt8>) -> [String: String] {
        var attributes: [String: String] = [:]
        var rest = content
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")), equals + 1 < rest.endIndex {
            let quote = rest[equals + 1]
            let value = rest[(equals + 2)...].prefix { $0 != quote }
            let key = String(decoding: rest[..<equals].filter { $0 > 0x20 }, as: UTF8.self)
            attributes[key] = decoded(value)
            rest = rest[min(value.endIndex + 1, rest.endIndex)...]
        }
        return attributes
    }

    private func decoded(_ raw: ArraySlice<UInt8>) -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        // In bytes: combining marks make one character of a run of references, which would be reread for each of them.
        var result: [UInt8] = []
        var index = raw.startIndex
        while index < raw.endIndex {
            if let (scalar, next) = Self.reference(in: raw, at: index) {
                result += String(scalar).utf8
                index = next
            } else {
                result.append(raw[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The character that a reference stands for, and where the text continues; nil if there is no reference.
    private static func reference(in raw: ArraySlice<UInt8>, at start: Int) -> (Unicode.Scalar, next: Int)? {
        guard raw[start] == UInt8(ascii: "&") else { return nil }
        // "&#x10FFFF;" is the longest that is needed.
        guard let end = raw[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        return entity(String(decoding: raw[(start + 1)..<end], as: UTF8.self)).map { ($0, end + 1) }
    }

    private static func entity(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        case _ where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }
}
