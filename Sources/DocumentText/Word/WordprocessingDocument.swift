import Documents

/// Text of a DOCX: libarchive unpacks the parts that hold words, one at a time and never more than the limit.
struct WordprocessingDocument {
    let path: String
    let process: LimitedProcess

    func text() async throws(DocumentError) -> ExtractedText {
        let entries = try entries()
        let targets = try await hyperlinks(in: entries)
        var parts: [String] = []
        // Names and addresses of the writer often stand in the page header.
        for name in Self.headers(in: entries) {
            var header = WordprocessingReader(try await part(name), targets: [:])
            let text = header.text()
            if !parts.contains(text) { parts.append(text) }
        }
        var body = WordprocessingReader(try await part("word/document.xml"), targets: targets)
        parts.append(body.text())
        return ExtractedText(
            text: parts.joined(separator: "\n"),
            prominentLine: body.prominentLine,
            links: targets.values.sorted()
        )
    }

    private func entries() throws(DocumentError) -> [ZipDirectory.Entry] {
        guard let directory = ZipDirectory(mapping: path) else { throw .broken }
        let words = directory.entries.filter { $0.name.hasPrefix("word/") && $0.name.hasSuffix(".xml") }
        // Honest about being a bomb. One that lies is stopped by the limit on what the child prints.
        guard words.allSatisfy({ $0.expandedSize <= process.limits.outputBytes }) else { throw .expandsTooFar }
        return directory.entries
    }

    private func part(_ name: String) async throws(DocumentError) -> String {
        let outcome = try await process.run("bsdtar", ["--fast-read", "-xOf", path, name])
        guard outcome.exitCode == 0, !outcome.output.isEmpty else { throw .broken }
        return outcome.output
    }

    private func hyperlinks(in entries: [ZipDirectory.Entry]) async throws(DocumentError) -> [String: String] {
        let name = "word/_rels/document.xml.rels"
        guard entries.contains(where: { $0.name == name }) else { return [:] }
        var reader = XMLReader(try await part(name))
        var targets: [String: String] = [:]
        while let token = reader.next() {
            guard case .open("Relationship", let attributes) = token, attributes["Type"]?.hasSuffix("/hyperlink") == true else { continue }
            if let id = attributes["Id"], let target = attributes["Target"], target.contains(":"), targets.count < 50 {
                targets[id] = target
            }
        }
        return targets
    }

    private static func headers(in entries: [ZipDirectory.Entry]) -> [String] {
        ["word/header1.xml", "word/header2.xml", "word/header3.xml"].filter { name in entries.contains { $0.name == name } }
    }
}
