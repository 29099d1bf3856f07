import DocumentText
import Documents
import Foundation

extension Construct {
    private static func word(
        _ name: String,
        _ count: Int,
        _ start: String = "",
        end: String = "",
        _ piece: @escaping @Sendable (Int) -> String
    ) -> Self {
        Construct(name: name, count: count) { count in
            let markup = start + (0..<count).map(piece).joined() + end
            return {
                var reader = WordprocessingReader(markup, targets: ["r1": "https://a.org/b"])
                return reader.text().utf8.count
            }
        }
    }

    static let markup = [
        word("paragraphs", 60) { _ in "<w:p><w:r><w:t>word</w:t></w:r></w:p>" },
        word("spans", 60, "<w:p>") { _ in "<w:r><w:t>word </w:t></w:r>" },
        word("breaks and tabs", 200, "<w:p><w:t>a</w:t>") { _ in "<w:tab/><w:br/>" },
        word("hyperlinks in a paragraph", 60, "<w:p>") { _ in "<w:hyperlink r:id=\"r1\"><w:t>word</w:t></w:hyperlink>" },
        word("hyperlinks without an end", 100, "<w:p>") { _ in "<w:hyperlink r:id=\"r1\"><w:t>a</w:t>" },
        word("text boxes in text boxes", 100) { _ in "<w:p><w:t>a</w:t>" },
        word("closed text boxes", 60, end: String(repeating: "</w:p>", count: 480)) { _ in "<w:p><w:t>a</w:t>" },
        word("deletions in deletions", 200) { _ in "<w:del>" },
        word("deletions", 100) { _ in "<w:del><w:t>a</w:t></w:del>" },
        word("predefined entities", 200, "<w:p><w:t>") { _ in "&amp;&lt;" },
        word("character references", 200, "<w:p><w:t>") { _ in "&#x41;&#98;" },
        word("character references of marks", 200, "<w:p><w:t>a") { _ in "&#x301;" },
        word("references that are none", 200, "<w:p><w:t>") { _ in "&&#;&nothing;" },
        word("references without an end", 200, "<w:p><w:t>") { _ in "&#x41" },
        word("references in an attribute", 200, "<w:p a=\"", end: "\">") { _ in "&#x41;" },
        word("attributes", 60, "<w:p ", end: ">") { "a\($0)=\"b\" " },
        word("equals signs", 200, "<w:p ", end: ">") { _ in "=" },
        word("tags without an end", 200) { _ in "<w:p " },
        word("opening angles", 200) { _ in "<" },
        word("closing angles", 200) { _ in ">" },
        word("long names", 200, "<", end: ">") { _ in "word" },
        word("comments", 100) { _ in "<!-- a -->" },
        word("list items", 40) { _ in "<w:p><w:numPr/><w:sz w:val=\"9\"/><w:t>a</w:t></w:p>" },
        Construct(name: "marks in place of letters", count: 200) { count in
            let text = String(repeating: "\u{fb01}\u{e000}\u{a0}\u{200b}", count: count)
            return { text.cleanedOfGlyphs.utf8.count }
        },
        Construct(name: "marks over a letter", count: 200) { count in
            let text = "a" + String(repeating: "\u{301}\u{323}", count: count)
            return { text.cleanedOfGlyphs.utf8.count }
        },
    ]

    private static let cell = "<w:tc><w:p><w:t>a</w:t></w:p></w:tc>"

    static let tables = [
        word("cells of a row", 7, "<w:tr>", end: "</w:tr>") { _ in cell },
        word("cells without a row", 60) { _ in cell },
        word("rows", 30) { _ in "<w:tr>" + cell + cell + "</w:tr>" },
        word("paragraphs in a cell", 60, "<w:tr><w:tc>", end: "</w:tc></w:tr>") { _ in "<w:p><w:t>a</w:t></w:p>" },
        word("ends of a cell", 60, "<w:tr><w:tc>") { _ in "<w:p><w:t>a</w:t></w:p></w:tc>" },
        word("tables in tables", 30) { _ in "<w:tr><w:tc><w:p><w:t>a</w:t></w:p>" },
        word("closed tables in tables", 30, end: String(repeating: "</w:tc></w:tr>", count: 240)) { _ in
            "<w:tr><w:tc><w:p><w:t>a</w:t></w:p>"
        },
        word("tables in tables, side by side", 30, end: String(repeating: cell + "</w:tc></w:tr>", count: 240)) { _ in
            "<w:tr>" + cell + "<w:tc>"
        },
        word("rows in a row", 60, "<w:tr><w:tc>", end: "</w:tc></w:tr>") { _ in "<w:tr>" + cell + cell + "</w:tr>" },
    ]

    private static func page(
        _ name: String,
        _ count: Int,
        _ box: @escaping @Sendable (Int) -> (x: Double, y: Double, width: Double, height: Double)
    ) -> Self {
        Construct(name: name, count: count) { count in
            let words = (0..<count).map { index in
                let (x, y, width, height) = box(index)
                return "<word xMin=\"\(x)\" yMin=\"\(y)\" xMax=\"\(x + width)\" yMax=\"\(y + height)\">word</word>"
            }
            let markup = "<page>" + words.joined() + "</page>"
            return {
                let page = PageMarkup(markup)
                return page.text(ofFirst: 1).utf8.count + (page.prominentLine?.utf8.count ?? 0)
            }
        }
    }

    static let pages = [
        page("words on a line", 60) { (Double($0 * 22), 0, 20, 10) },
        page("words apart on a line", 60) { (Double($0 * 100), 0, 20, 10) },
        page("words below each other", 60) { (0, Double($0 * 12), 20, 10) },
        page("words in one place", 60) { _ in (0, 0, 20, 10) },
        page("words on stairs", 60) { (Double($0 * 3), Double($0 * 3), 20, 10) },
        page("tall words", 60) { (Double($0 * 50), Double($0), 20, 90_000) },
        page("two columns", 60) { (Double($0 % 2 * 300), Double($0 / 2 * 12), 200, 10) },
        page("five columns", 60) { (Double($0 % 5 * 100), Double($0 / 5 * 12), 60, 10) },
        page("a grid of numbers", 60) { (Double($0 % 20 * 30), Double($0 / 20 * 12), 20, 10) },
        page("columns and lines across", 60) { ($0 % 9 == 0 ? 0 : Double($0 % 2 * 300), Double($0 / 2 * 12), $0 % 9 == 0 ? 500 : 200, 10) },
        Construct(name: "pages", count: 30) { count in
            let markup = String(repeating: "<page><word xMin=\"1\" yMin=\"1\" xMax=\"9\" yMax=\"9\">a</word></page>", count: count)
            return { PageMarkup(markup).text(ofFirst: 30).utf8.count }
        },
    ]
}
