import Documents
import Foundation
import Testing

@testable import DocumentText
@testable import ResumeParsing

/// The largest allowed documents, consisting of one construct each. `Scripts/growth` counts that work grows no faster than the document;
/// here each is read to its end.
@Suite(.timeLimit(.minutes(2))) struct HostileTextTests {
    @Test(arguments: [
        ("", "x\n"), ("", "word "), ("", "w"), ("a", "()"), ("a", "("), ("", "a - "), ("", "a, "),
        ("Experience\n", "and so the work went on for a long time and\n"), ("Experience\n", "a-\n"),
        ("", "2010-12-"), ("Experience\n", "Jan."), ("Experience\nx\n", "Leeds 2019–2020\n"),
        ("Experience\n" + "Acme Ltd, Leeds, UK\n", "Cook 2019 - 2020\n"),
        ("Education\n", "BSc Physics, Leeds University\n"), ("Skills\n", "Python; weaving, "),
        ("", "a.org/b-\n"), ("", "a@b.org "), ("", "+49 711 123456\n"), ("", "9"), ("", "• Led it,\nand more,\n"),
        ("", "\t"), ("", "a\t"), ("", "🇩🇪"), ("", "履歴書"),
    ])
    func `the longest text of one construct is read, with a short result`(start: String, piece: String) throws {
        let text = start + String(repeating: piece, count: (200_000 - start.count) / piece.count)
        let resume = ResumeParser(today: PartialDate(year: 2026, month: 6)).parse(ExtractedText(text: text, prominentLine: text))
        #expect(try JSONEncoder().encode(resume).count < 1 << 20)
        #expect(resume.experience.count <= 100)
        #expect(resume.skills.count <= 300)
        #expect(resume.emails.count <= 10)
    }

    @Test func `an employer's name of any length is told once to each role, and short`() {
        let roles = String(repeating: "Cook 2019 - 2020\n", count: 200)
        let employer = String(repeating: "Acme ", count: 1000) + "Ltd"
        let resume = ResumeParser(today: PartialDate(year: 2026, month: 6)).parse(ExtractedText(text: "Experience\n\(employer)\n\(roles)"))
        #expect(resume.experience.allSatisfy { ($0.employer?.utf8.count ?? 0) <= 300 })
    }

    @Test func `a span of dates that never ends does not overrun the stack`() {
        // A thread of Swift's concurrency has half a megabyte.
        #expect(DateRange.first(in: String(repeating: "2010-12-", count: 100_000)) != nil)
    }

    @Test(arguments: [
        ("<w:tr><w:tc>", "<w:p><w:t>a</w:t></w:p></w:tc>"), ("<w:p>", "<w:hyperlink r:id=\"r\"><w:t>word</w:t></w:hyperlink>"),
        ("<w:p><w:t>", "&#x301;"), ("<w:p><w:t>", "&amp;"), ("<w:p><w:t>", "&"), ("", "<w:p><w:t>a</w:t>"),
        ("", "<w:tr><w:tc><w:p><w:t>a</w:t></w:p>"), ("", "<w:del>"), ("", "<w:p "), ("<w:p ", "a=\"b\""), ("<", "word"),
    ])
    func `markup of one construct is read`(start: String, piece: String) {
        let markup = start + String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        var reader = WordprocessingReader(markup, targets: ["r": "https://a.org/" + String(repeating: "b", count: 400)])
        #expect(reader.text().utf8.count <= ReadingLimits.text + markup.utf8.count)
    }

    @Test func `tables are read inside tables, as deep as people nest them`() {
        let table = { (cells: [String]) in
            "<w:tbl><w:tr>" + cells.map { "<w:tc>\($0)</w:tc>" }.joined() + "</w:tr></w:tbl>"
        }
        let paragraph = { (text: String) in "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }
        let dates = table([paragraph("2019"), paragraph("2020")])
        var flat = WordprocessingReader(table([dates, paragraph("Cook")]), targets: [:])
        #expect(flat.text() == "2019\t2020\tCook")
        var tall = WordprocessingReader(table([dates + paragraph("Leeds"), paragraph("Cook")]), targets: [:])
        #expect(tall.text() == "2019\t2020\nLeeds\nCook")
    }

    @Test func `references are resolved, and other text stays`() {
        var reader = WordprocessingReader(
            "<w:p><w:t>a&amp;b &#65;&#x42; &lt;&quot;&apos;&gt; &nothing; &#xD800; & &#;</w:t></w:p>",
            targets: [:]
        )
        #expect(reader.text() == "a&b AB <\"'> &nothing; &#xD800; & &#;")
    }

    @Test func `an address is shown behind clickable words that do not show it`() {
        let link = { (text: String) in "<w:hyperlink r:id=\"r\"><w:r><w:t>\(text)</w:t></w:r></w:hyperlink>" }
        var reader = WordprocessingReader("<w:p>\(link("me"))</w:p><w:p>\(link("a.org/me"))</w:p>", targets: ["r": "https://a.org/me"])
        #expect(reader.text() == "me https://a.org/me\na.org/me")
    }

    @Test func `marks beyond the thirtieth over one letter are left out, and ligatures taken apart`() {
        #expect(("a" + String(repeating: "\u{323}\u{301}", count: 1000)).cleanedOfGlyphs.unicodeScalars.count <= 31)
        #expect("\u{fb00}\u{fb01}\u{fb02}\u{fb03}\u{fb04}\u{fb05}\u{fb06}".cleanedOfGlyphs == "fffiflffifflstst")
    }

    @Test func `a box is level with others exactly where one of them is level with it`() {
        // A linear congruential generator, so that a failure can be repeated.
        var seed: UInt64 = 7
        func next(_ limit: Int) -> Double {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(Int(seed >> 33) % limit)
        }
        func fragments(_ count: Int) -> [Fragment] {
            (0..<count).map { _ in
                let top = next(300)
                return Fragment("a", Box(minX: 0, minY: top, maxX: 9, maxY: top + 1 + next(next(9) == 0 ? 90 : 12)))
            }
        }
        for round in 0..<200 {
            let text = fragments(round % 12)
            let levels = Levels(of: text)
            for entry in fragments(40) {
                #expect(levels.contains(entry.box) == text.contains { $0.box.isLevel(with: entry.box) })
            }
        }
    }
}
