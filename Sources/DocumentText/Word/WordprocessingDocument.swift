import Documents
import Foundation

/// The text of a DOCX: libarchive unpacks the parts that contain text, up to the limit.
struct WordprocessingDocument {
    let document: OpenDocument

    init(_ document: OpenDocument) {
        self.document = document
    }

    func text() throws(DocumentError) -> ExtractedText {
        try checkDirectory()
        let parts = try ZipMembers.read(Self.headers + [Self.body, Self.relations], of: document.file, limit: document.limits.outputBytes)
        guard let body = parts[Self.body] else { throw .broken }
        let targets = Self.hyperlinks(in: parts[Self.relations] ?? "")
        var texts: [String] = []
        // The writer's name and addresses are often in the page header.
        for markup in Self.headers.compactMap({ parts[$0] }) {
            var header = WordprocessingReader(markup, targets: [:])
            let text = header.text()
            if !texts.contains(text) { texts.append(text) }
        }
        var reader = WordprocessingReader(body, targets: targets)
        texts.append(reader.text())
        return ExtractedText(
            text: texts.joined(separator: "\n"),
            prominentLine: reader.prominentLine,
            links: targets.values.sorted()
        )
    }

    private func checkDirectory() throws(DocumentError) {
        guard let directory = ZipDirectory(of: document.file) else { throw .broken }
        guard directory.entry("[Content_Types].xml") != nil, let body = directory.entry(Self.body) else { throw .unrecognized }
        if body.isEncrypted { throw .encrypted }
        let words = directory.entries.filter { $0.name.hasPrefix("word/") && $0.name.hasSuffix(".xml") }
        // A bomb that admits it. One that lies is stopped when it is unpacked.
        guard words.allSatisfy({ $0.expandedSize <= document.limits.outputBytes }) else { throw .expandsTooFar }
    }

    private static func hyperlinks(in markup: String) -> [String: String] {
        var reader = XMLReader(markup)
        var targets: [String: String] = [:]
        while targets.count < 50, let token = reader.next() {
            guard case .open("Relationship", let attributes) = token, attributes["Type"]?.hasSuffix("/hyperlink") == true else { continue }
            if let id = attributes["Id"], let target = attributes["Target"], target.contains(":") { targets[id] = target }
        }
        return targets
    }

    private static let body = "word/document.xml"
    private static let relations = "word/_rels/document.xml.rels"
    private static let headers = ["word/header1.xml", "word/header2.xml", "word/header3.xml"]
}
