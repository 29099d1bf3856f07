import Foundation

/// A DOCX of plain paragraphs: the smallest package that word processors open (ECMA-376 part 2), in a ZIP without compression.
struct WordDocument: Sendable {
    static let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    enum Paragraph: Sendable {
        case title(String)
        case heading(String)
        case line(String)
        case bullet(String)
    }

    /// WordprocessingML.
    private let content: String

    init(paragraphs: [Paragraph]) {
        self.init(content: paragraphs.map(\.xml).joined())
    }

    init(content: String) {
        self.content = content
    }

    var bytes: Data {
        StoredZip(entries: [
            ("[Content_Types].xml", Self.contentTypes),
            ("_rels/.rels", Self.relationships),
            ("word/document.xml", body),
        ]).bytes
    }

    private var body: String {
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\
        \(content)</w:body></w:document>
        """
    }

    private static let contentTypes = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Override PartName="/word/document.xml" ContentType="\(mediaType).main+xml"/></Types>
        """

    private static let relationships = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" \
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>\
        </Relationships>
        """
}

extension WordDocument.Paragraph {
    fileprivate var xml: String {
        switch self {
        case .title(let text): paragraph(text, run: "<w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>")
        case .heading(let text): paragraph(text, run: "<w:rPr><w:b/><w:sz w:val=\"26\"/></w:rPr>")
        case .line(let text): paragraph(text, run: "")
        case .bullet(let text): paragraph("• " + text, run: "")
        }
    }

    private func paragraph(_ text: String, run: String) -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return "<w:p><w:r>\(run)<w:t xml:space=\"preserve\">\(escaped)</w:t></w:r></w:p>"
    }
}

/// A ZIP archive of stored entries (PKWARE APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16).
private struct StoredZip {
    let entries: [(name: String, content: String)]

    var bytes: Data {
        var archive = Data()
        var directory = Data()
        for entry in entries {
            let content = Data(entry.content.utf8)
            let offset = UInt32(archive.count)
            let common = header(entry.name, content)
            archive += number(UInt32(0x0403_4B50)) + common + Data(entry.name.utf8) + content
            directory += number(UInt32(0x0201_4B50)) + number(UInt16(20)) + common
            // No comment, disk 0, no attributes, then where the entry is.
            directory += Data(count: 2 + 2 + 2 + 4) + number(offset) + Data(entry.name.utf8)
        }
        let count = number(UInt16(entries.count))
        let end = number(UInt32(0x0605_4B50)) + Data(count: 4) + count + count
        return archive + directory + end + number(UInt32(directory.count)) + number(UInt32(archive.count)) + Data(count: 2)
    }

    /// Version 2.0, names in UTF-8 (bit 11), stored, 1 January 1980.
    private func header(_ name: String, _ content: Data) -> Data {
        var header = number(UInt16(20)) + number(UInt16(0x0800)) + number(UInt16(0)) + number(UInt16(0)) + number(UInt16(0x21))
        header += number(checksum(content)) + number(UInt32(content.count)) + number(UInt32(content.count))
        return header + number(UInt16(name.utf8.count)) + number(UInt16(0))
    }

    private func number(_ value: some FixedWidthInteger) -> Data { withUnsafeBytes(of: value.littleEndian) { Data($0) } }

    /// CRC-32 with the polynomial of ISO 3309.
    private func checksum(_ content: Data) -> UInt32 {
        ~content.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
    }
}
