import DocumentText
import Documents
import Foundation
import ResumeParsing

/// What processes a stranger's file, without the external programs: its kind by its first bytes, or markup and text as those programs print
/// them, up to the profile that is parsed. A trap ends the fuzzer, and so does a profile over its size limit.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let data = Data(UnsafeBufferPointer(start: bytes, count: count))
    guard let first = data.first else { return 0 }
    switch first {
    case UInt8(ascii: "P"), 0xd0, UInt8(ascii: "%"):
        guard let kind = DocumentKind(firstBytes: data) else { return 0 }
        if let document = try? OpenDocument(file: data, tools: [], limits: .standard).text(as: kind) {
            read(document.text, prominentLine: document.prominentLine)
        }
    case UInt8(ascii: "<"):
        let markup = String(decoding: data, as: UTF8.self)
        if data.range(of: Data("<page".utf8)) != nil {
            let page = PageMarkup(markup)
            read(page.text(ofFirst: 30), prominentLine: page.prominentLine)
        } else {
            var reader = WordprocessingReader(markup, targets: ["rId1": "https://www.linkedin.com/in/anna", "rId2": "mailto:a@b.org"])
            read(reader.text(), prominentLine: reader.prominentLine)
        }
    default:
        read(String(decoding: data, as: UTF8.self), prominentLine: nil)
    }
    return 0
}

private func read(_ text: String, prominentLine: String?) {
    let clean = ExtractedText(
        text: String(text.cleanedOfGlyphs.prefix(200_000)),
        prominentLine: prominentLine?.cleanedOfGlyphs,
        links: ["https://www.linkedin.com/in/anna"]
    )
    let resume = ResumeParser(today: PartialDate(year: 2026, month: 6)).parse(clean)
    guard let encoded = try? JSONEncoder().encode(resume) else { fatalError("a profile that cannot be written") }
    guard encoded.count <= 2 << 20 else { fatalError("a profile of \(encoded.count) bytes") }
    guard let decoded = try? JSONDecoder().decode(ParsedResume.self, from: encoded), decoded == resume else {
        fatalError("a profile that is read back as another")
    }
}
