import Foundation
import Kernel

/// A part's headers: the field's name, and for a file the client's name for it, reduced to its last component.
struct MultipartPart: Equatable {
    let name: String
    let fileName: String?
    let mediaType: String

    init(headers bytes: ArraySlice<UInt8>) throws(MultipartProblem) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MultipartProblem(message: "A part's headers are not UTF-8.")
        }
        var parameters: [String: String] = [:]
        var mediaType = "application/octet-stream"
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw MultipartProblem(message: "A part's header is broken.") }
            let value = line[line.index(after: colon)...].trimmed
            switch line[..<colon].lowercased() {
            case "content-disposition": parameters = try Self.parameters(of: value)
            case "content-type": mediaType = String(value.prefix(100))
            default: break
            }
        }
        guard let name = parameters["name"].map(Self.withoutEscapes), !name.isEmpty, name.utf8.count <= 100 else {
            throw MultipartProblem(message: "A part has no name.")
        }
        self.name = name
        self.mediaType = mediaType
        let extended = parameters["filename*"].flatMap(Self.decoded)
        fileName = (extended ?? parameters["filename"].map(Self.withoutEscapes)).map(Self.lastComponent)
    }

    /// What browsers escape in names, and nothing else: "multipart/form-data encoding algorithm" of the HTML standard.
    private static func withoutEscapes(_ name: String) -> String {
        guard name.contains("%") else { return name }
        return name.replacing(/%22|%0[dDaA]/) { match in
            match.output == "%22" ? "\"" : match.output.lowercased() == "%0d" ? "\r" : "\n"
        }
    }

    /// RFC 8187: `UTF-8'en'%e2%82%ac.pdf`; nil if it is broken. RFC 7578 asks clients not to send it, and some do.
    private static func decoded(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var bytes: [UInt8] = []
        var rest = parts[2].utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        switch parts[0].lowercased() {
        case "utf-8": return String(validating: bytes, as: UTF8.self)
        case "iso-8859-1": return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default: return nil
        }
    }

    private static func parameters(of value: Substring) throws(MultipartProblem) -> [String: String] {
        var header = HeaderParameters(value)
        guard header.kind == "form-data" else { throw MultipartProblem(message: "A part is not form-data.") }
        guard let parameters = header.parse() else { throw MultipartProblem(message: "A part's Content-Disposition is broken.") }
        return parameters
    }

    /// Clients may send a whole path, in good faith or not.
    private static func lastComponent(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let clean = last.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && !isReordering($0) }
        // Some clients send decomposed letters; people search for composed ones.
        let composed = String(String.UnicodeScalarView(clean)).precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespaces)
        return composed.allSatisfy({ $0 == "." }) ? "" : shortened(composed)
    }

    /// Marks that let "cv\u{202E}fdp.exe" look like another kind of file.
    private static func isReordering(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value) || scalar.value == 0xFEFF
    }

    private static let longestName = 255

    /// The beginning and the extension; no character is cut in two.
    private static func shortened(_ name: String) -> String {
        guard name.unicodeScalars.count > longestName else { return name }
        let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        let kept = ending.unicodeScalars.count <= 10 ? ending : ""
        var stem = ""
        var room = longestName - kept.unicodeScalars.count
        for character in name.dropLast(kept.count) {
            room -= character.unicodeScalars.count
            guard room >= 0 else { break }
            stem.append(character)
        }
        return stem + kept
    }
}

/// A header value with parameters: `form-data; name="resume"; filename="a \"b\".pdf"`.
struct HeaderParameters {
    let kind: String
    private var rest: Substring

    init(_ value: some StringProtocol) {
        let text = Substring(value)
        let end = text.firstIndex(of: ";") ?? text.endIndex
        kind = text[..<end].trimmed.lowercased()
        rest = text[end...]
    }

    /// Nil where the text is broken or a name comes twice.
    mutating func parse() -> [String: String]? {
        var parameters: [String: String] = [:]
        while true {
            rest = rest.trimmed
            guard !rest.isEmpty else { return parameters }
            guard rest.removeFirst() == ";" else { return nil }
            rest = rest.trimmed
            if rest.isEmpty { return parameters }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].trimmed.lowercased()
            rest = rest[rest.index(after: equals)...]
            guard let value = value(), parameters.updateValue(value, forKey: name) == nil else { return nil }
        }
    }

    private mutating func value() -> String? {
        guard rest.first == "\"" else {
            let end = rest.firstIndex(of: ";") ?? rest.endIndex
            defer { rest = rest[end...] }
            return String(rest[..<end].trimmed)
        }
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            // Browsers send a Windows path's backslashes as they are; curl escapes quotes with them.
            case "\\" where rest.first == "\"" || rest.first == "\\": value.append(rest.removeFirst())
            default: value.append(character)
            }
        }
        return nil
    }
}

extension Substring {
    var trimmed: Substring {
        var text = trimmingPrefix { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
