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
        guard let name = parameters["name"], !name.isEmpty, name.utf8.count <= 100 else {
            throw MultipartProblem(message: "A part has no name.")
        }
        self.name = name
        self.mediaType = mediaType
        fileName = parameters["filename"].map(Self.lastComponent)
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
        let clean = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return String(String.UnicodeScalarView(clean).prefix(255))
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
