import DocumentText
import Documents
import Foundation
import ResumeParsing

/// Something that a stranger may repeat in a document any number of times, and the work that it causes the readers.
struct Construct: Sendable {
    let name: String
    /// How often it is repeated at first. Eight times as many stay below the caps, so that the algorithm is measured and not the cap.
    let count: Int
    /// Prepares the input; returns the work that counts.
    let prepared: @Sendable (Int) -> () -> Int

    static let all = lines + words + marks + dates + contacts + entries + lists + markup + tables + pages + containers
}

extension Construct {
    private init(_ name: String, _ count: Int, in sections: [String] = everywhere, _ piece: @escaping @Sendable (Int) -> String) {
        self.init(name: name, count: count) { count in
            let pieces = (0..<count).map(piece).joined()
            let text = sections.map { $0 + "\n" + pieces + "\n" }.joined()
            return { ResumeParser(today: PartialDate(year: 2026, month: 6)).parse(ExtractedText(text: text)).work }
        }
    }

    private static let everywhere = ["Anna Bell", "Experience", "Education", "Skills"]
    private static let listed = ["Skills", "Languages", "Certifications"]

    static let lines = [
        Construct("lines of one letter", 40) { _ in "x\n" },
        Construct("empty lines", 200) { _ in "\n" },
        Construct("wrapped lines", 6) { _ in "and so the work went on for a long time and\n" },
        Construct("wrapped lines of one letter", 40) { _ in "a-\n" },
        Construct("wrapped lines under a bullet", 8) { $0 == 0 ? "• Led it,\n" : "with many others and for years,\n" },
        Construct("bullets", 20) { _ in "• Led the team.\n" },
        Construct("empty bullets", 60) { _ in "•\n" },
        Construct("bullets on a line", 60) { _ in "• " },
        Construct("tabs", 60) { _ in "a\t" },
        Construct("spaces", 200) { _ in "    " },
        Construct("columns", 15) { _ in "Leeds     2019     Acme\n" },
        Construct("headings", 15, in: ["Anna Bell"]) { ["Experience\n", "Skills: Go\n", "Education\n", "Profile\n"][$0 % 4] + "x\n" },
        Construct("sentences", 5) { _ in "The work was done by all of us in time and at a good price for everyone.\n" },
    ]

    static let words = [
        Construct("one long line", 40) { _ in "word " },
        Construct("one long word", 75) { _ in "word" },
        Construct("one long word in capitals", 53) { _ in "WORD" },
        Construct("single capitals", 60) { _ in "A B " },
        Construct("letters beyond ASCII", 22) { _ in "Łódź " },
        Construct("letters of many marks", 18) { _ in "a\u{301}\u{323}\u{302}" },
        Construct("flags", 40) { _ in "🇩🇪" },
        Construct("scripts without spaces", 24) { _ in "履歴書" },
        Construct("names", 30, in: ["Anna Bell"]) { _ in "Anna Bell\t" },
        Construct("lines of names", 15) { _ in "Anna Bell\n" },
    ]

    static let marks = [
        Construct("opening brackets", 150) { $0 == 0 ? "a(" : "(" },
        Construct("closing brackets", 150) { $0 == 0 ? "a)" : ")" },
        Construct("pairs of brackets", 100) { $0 == 0 ? "a()" : "()" },
        Construct("bracketed words", 60) { $0 == 0 ? "a(a) " : "(a) " },
        Construct("commas", 150) { $0 == 0 ? "a," : "," },
        Construct("words between commas", 60) { $0 == 0 ? "aa, " : "a, " },
        Construct("legal forms", 40) { $0 == 0 ? "Acme, " : "Inc, " },
        Construct("dashes", 60) { $0 == 0 ? "a - " : " - " },
        Construct("words between dashes", 40) { $0 == 0 ? "aa - " : "a - " },
        Construct("bars", 40) { $0 == 0 ? "aa | " : "a | " },
        Construct("at", 40) { $0 == 0 ? "aa at " : "a at " },
        Construct("colons", 60) { $0 == 0 ? "aa: " : "a: " },
        Construct("dots", 150) { $0 == 0 ? "a." : "." },
        Construct("dots before words", 60) { $0 == 0 ? "a.n." : ".n." },
        Construct("hyphens at the end", 100) { $0 == 0 ? "a-" : "-" },
        Construct("ampersands", 60) { $0 == 0 ? "aa & " : "a & " },
    ]

    static let dates = [
        Construct("years", 22) { _ in "2019 " },
        Construct("spans", 13) { _ in "2019 – 2020 " },
        Construct("open spans", 20) { _ in "Jan 2019 – " },
        Construct("years and months", 20) { _ in "2010-12-" },
        Construct("months", 40) { _ in "Jan." },
        Construct("a month and dots", 100) { $0 == 0 ? "12 Jan" : "." },
        Construct("days and months apart", 40) { $0 == 0 ? "12" : "    " },
        Construct("numbers like dates", 18) { _ in "12.12." },
        Construct("small numbers", 38) { _ in "31 " },
        Construct("digits", 30) { _ in "9" },
        Construct("dated lines", 5) { _ in "Engineer, Acme Ltd 2019 - 2020\n" },
        Construct("dated places", 7) { $0 == 0 ? "x\n" : "Leeds 2019–2020\n" },
        Construct("dates on lines of their own", 10) { _ in "2019 - 2020\nCook\n" },
        Construct("durations", 11) { _ in "4 years 8 months\n" },
    ]

    static let contacts = [
        Construct("addresses of mail", 25, in: ["Anna Bell"]) { "a\($0)@mail.com " },
        Construct("at signs", 100) { _ in "a@" },
        Construct("labels of a host", 100) { _ in "a." },
        Construct("links", 20, in: ["Anna Bell"]) { "https://a\($0).org/b " },
        Construct("links on lines", 20, in: ["Anna Bell"]) { "www.a\($0).org/b\n" },
        Construct("broken links", 30, in: ["Anna Bell"]) { _ in "a.org/b-\n" },
        Construct("slashes", 100) { _ in "a/" },
        Construct("telephone numbers", 10) { "+49 711 \(1_234_567 + $0)\n" },
        Construct("digits in groups", 14) { _ in "0711 123 " },
        Construct(name: "links of the document", count: 30) { count in
            let links = (0..<count).map { "https://a\($0).org/b" }
            return { ResumeParser(today: PartialDate(year: 2026)).parse(ExtractedText(text: "Anna Bell", links: links)).work }
        },
    ]

    static let entries = [
        Construct("employments", 5) { _ in "Cook\nAcme Ltd\n2019 - 2020\n• Cooked.\n" },
        Construct("roles under an employer", 12) { $0 == 0 ? "Acme Ltd, Leeds, UK\n" : "Cook 2019 - 2020\n" },
        Construct("labeled fields", 7) { _ in "Role: Cook\nCompany: Acme\n" },
        Construct("schools", 5) { _ in "BSc Physics, Leeds University, 2019\n" },
        Construct("schools on a line", 10) { _ in "BSc Physics, Leeds University, " },
        Construct("degrees", 25) { _ in "Master of " },
        Construct("places", 30) { _ in "Leeds, UK, " },
        Construct("lines of places", 20) { _ in "Leeds, UK\n" },
        Construct("titles", 19) { _ in "Senior Engineer " },
    ]

    static let lists = [
        Construct("known skills", 25, in: listed) { _ in "Python, C++ / .NET; " },
        Construct("unknown skills", 25, in: listed) { "Weaving \($0), " },
        Construct("skills with levels", 20, in: listed) { "Weaving \($0) (expert), " },
        Construct("everyday skills", 40, in: listed) { _ in "Go R C " },
        Construct("languages", 13, in: listed) { _ in "English (fluent), Polish - C1; " },
        Construct("certificates", 20, in: listed) { "Welder \($0)\n" },
    ]
}

extension ParsedResume {
    fileprivate var work: Int { skills.count + experience.count + education.count }
}
