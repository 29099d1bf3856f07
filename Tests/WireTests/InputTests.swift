import Foundation
import Kernel
import Testing

private enum Color: String, Codable, CaseIterable, Sendable {
    case red, green
}

private struct Inner: Codable, Sendable {
    let name: Text<5>
    let count: Bounded<1, 3>
}

private struct Everything: Codable, Sendable {
    let id: Identifier<User>
    let title: Text<10>
    let color: Color
    let optionalColor: Color?
    let inner: Inner?
    let list: List<Inner, 2>?
    let names: [String: Bounded<1, 5>]?
    let email: EmailAddress?
    let at: Date?
    let flag: Bool?
    let share: Double?
    let anything: JSON?
}

private struct Changes: Codable, Sendable {
    let title: Patch<Text<10>>
    let inner: Patch<Inner>
    let kept: Text<10>?
}

private struct Search: Codable, Sendable {
    let page: Bounded<1, 100>?
    let flag: Bool?
    let share: Double?
    let color: Color?
    let ids: List<Identifier<User>, 3>?
    let since: Date?
}

private struct Versioned: Codable, Sendable {
    let id: Identifier<User>
    let ifMatch: ExpectedVersion?
}

private func problems<Input: Decodable>(_ type: Input.Type, _ source: InputSource) -> [String: JSON] {
    do throws(Failure) {
        _ = try source.decode(type)
        return [:]
    } catch {
        return error.details
    }
}

private let id = "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"

@Suite struct InputTests {
    private static let least: JSON = ["id": .string(id), "title": "Hello", "color": "red"]

    @Test func `a whole input is read`() throws {
        let body: JSON = [
            "id": .string(id), "title": "  Hello ", "color": "green", "inner": ["name": "a", "count": 3],
            "list": [["name": "b", "count": 1]],
            "names": ["x": 5], "email": "Ada@Example.com", "at": "2026-01-01T10:00:00+02:00", "flag": true, "share": 2,
            "anything": [1, .null],
        ]
        let input = try InputSource(body: body).decode(Everything.self)
        #expect(input.title.value == "Hello")
        #expect(input.color == .green)
        #expect(input.optionalColor == nil)
        #expect(input.inner?.count.value == 3)
        #expect(input.list?.elements.map(\.name.value) == ["b"])
        #expect(input.names?["x"]?.value == 5)
        #expect(input.email?.value == "ada@example.com")
        #expect(input.at.map(Timestamp.text) == "2026-01-01T08:00:00.000Z")
        #expect(input.share == 2)
        #expect(input.anything == [1, .null])
    }

    @Test func `all bad, missing and unknown fields are named at once, with their paths`() {
        let body: JSON = [
            "id": "nobody", "color": "blue", "optionalColor": 4, "inner": ["name": "too long", "count": 0, "extra": 1],
            "list": [["name": "a", "count": 1], ["name": "", "count": "x"]], "names": ["x": 9], "email": "ada@", "at": "yesterday",
            "flag": "true", "share": "half", "rank": 1,
        ]
        #expect(
            Set(problems(Everything.self, InputSource(body: body)).keys) == [
                "id", "title", "color", "optionalColor", "inner.name", "inner.count", "inner.extra", "list.1.name", "list.1.count",
                "names.x", "email", "at", "flag", "share", "rank",
            ]
        )
    }

    private static let badFields: [(String, JSON, String)] = [
        ("title", JSON.null, "Must not be null."), ("title", 5, "Must be a text."), ("title", "", "Must not be empty."),
        ("title", "  \n ", "Must not be empty."), ("title", "12345678901", "Must have at most 10 characters."),
        ("title", "a\u{0}", "Must not contain control characters."), ("title", "a\u{7}b", "Must not contain control characters."),
        ("color", "blue", "Must be one of red, green."), ("color", .null, "Must not be null."), ("flag", 1, "Must be true or false."),
        ("list", ["a": 1], "Must be a list."), ("inner", [1], "Must be an object."),
        ("list", [["name": "a", "count": 1], ["name": "a", "count": 1], ["name": "a", "count": 1]], "Must have at most 2 entries."),
        ("id", 12, "Must be a text."), ("at", "2026-02-30T00:00:00Z", "Must be an RFC 3339 time."),
    ]

    @Test(arguments: badFields)
    func `a bad field is told what it must be`(field: String, value: JSON, problem: String) {
        guard case .object(var members) = Self.least else { return }
        members[field] = value
        #expect(problems(Everything.self, InputSource(body: .object(members))) == [field: .string(problem)])
    }

    @Test(arguments: [JSON.null, [1], "text", 5])
    func `a body that is not an object is refused`(body: JSON) {
        #expect(problems(Everything.self, InputSource(body: body)) == ["body": "Must be a JSON object."])
    }

    @Test func `a missing optional may be left out or null`() throws {
        guard case .object(var members) = Self.least else { return }
        members["inner"] = .null
        let input = try InputSource(body: .object(members)).decode(Everything.self)
        #expect(input.inner == nil)
    }

    @Test func `a patch tells left out, null and a value apart`() throws {
        let absent = try InputSource().decode(Changes.self)
        #expect(!absent.title.isPresent && !absent.inner.isPresent)
        let null = try InputSource(body: ["title": .null, "inner": .null]).decode(Changes.self)
        #expect(null.title.isPresent)
        #expect(null.title.value(or: try Text("old")) == nil)
        let value = try InputSource(body: ["title": "new", "inner": ["name": "a", "count": 1]]).decode(Changes.self)
        #expect(value.title.value(or: nil)?.value == "new")
        #expect(value.inner.value(or: nil)?.name.value == "a")
        #expect(absent.title.value(or: try Text("old"))?.value == "old")
        let bad = problems(Changes.self, InputSource(body: ["title": "", "inner": ["name": "a", "count": 9]]))
        #expect(Set(bad.keys) == ["title", "inner.count"])
    }

    @Test func `texts of the query become what the field wants`() throws {
        let texts = ["page": "7", "flag": "true", "share": "0.5", "color": "green", "ids": "\(id),\(id)", "since": "2026-01-01T00:00:00Z"]
        let search = try InputSource(texts: texts).decode(Search.self)
        #expect(search.page?.value == 7)
        #expect(search.flag == true)
        #expect(search.share == 0.5)
        #expect(search.color == .green)
        #expect(search.ids?.elements.count == 2)
        #expect(search.since != nil)
        let bad = ["page": "seven", "flag": "yes", "share": "nan", "color": "blue", "ids": "1,2", "since": "now"]
        #expect(Set(problems(Search.self, InputSource(texts: bad)).keys) == ["page", "flag", "share", "color", "ids.0", "ids.1", "since"])
        #expect(Set(problems(Search.self, InputSource(texts: ["page": "0"])).keys) == ["page"])
    }

    @Test func `a text in a body is not a number`() {
        #expect(Set(problems(Search.self, InputSource(body: ["page": "7", "flag": "true"])).keys) == ["page", "flag"])
    }

    @Test func `the path wins over the body, and the version comes from its header`() throws {
        let other = "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a12"
        let source = InputSource(body: ["id": .string(other)], texts: ["id": id], expectedVersion: 7)
        let input = try source.decode(Versioned.self)
        #expect(input.id.description == id)
        #expect(input.ifMatch?.value == 7)
        #expect(try InputSource(texts: ["id": id]).decode(Versioned.self).ifMatch == nil)
    }
}

@Suite struct FieldTests {
    @Test(arguments: ["ada@example.com", "a.b+c@sub.example.co.uk", "o'neil@example.com", " Ada@EXAMPLE.com "])
    func `an address is taken`(text: String) throws {
        #expect(try EmailAddress(text).value == text.trimmingCharacters(in: .whitespaces).lowercased())
    }

    @Test(arguments: [
        "", "ada", "@example.com", "ada@", "ada@localhost", "ada@-a.com", "a b@example.com", "ada@example.com\nBcc: x@example.com",
        "ada@@a.com",
        "<ada@example.com>", "ada@example..com", "a..b@example.com", ".a@example.com", "a.@example.com", "\u{E4}@example.com",
        "ada@m\u{FC}ller", "ada@m\u{FC}l ler.com", "ada@\u{FC}", "ada@a\u{200D}b.com", "ada@m\u{FC}ller.com/x", "ada@xn--.com",
        "ada@\(String(repeating: "\u{FC}", count: 70)).com", "\(String(repeating: "a", count: 65))@example.com",
    ])
    func `an invalid address is refused`(text: String) {
        #expect(throws: FieldProblem.self) { try EmailAddress(text) }
    }

    @Test(arguments: [
        ("info@m\u{FC}ller.example", "info@xn--mller-kva.example"), ("Info@MU\u{308}LLER.Example", "info@xn--mller-kva.example"),
        ("a@stra\u{DF}e.de", "a@xn--strae-oqa.de"), ("a@\u{43F}\u{43E}\u{447}\u{442}\u{430}.\u{440}\u{444}", "a@xn--80a1acny.xn--p1ai"),
        ("a@\u{4F8B}\u{3048}\u{3002}jp", "a@xn--r8jz45g.jp"), ("a@\u{FF45}xample.com", "a@example.com"),
    ])
    func `a host in another script is kept as DNS has it`(text: String, kept: String) throws {
        #expect(try EmailAddress(text).value == kept)
        let host = text.dropFirst(text.hasPrefix("i") || text.hasPrefix("I") ? 5 : 2)
        #expect(try WebAddress("https://\(host)/jobs?q=1").value == "https://\(kept.drop { $0 != "@" }.dropFirst())/jobs?q=1")
    }

    @Test func `a day counts to its end, or from its beginning`() throws {
        struct Days: Codable, Sendable {
            let until: DayEnd
            let since: DayStart
        }
        func read(_ day: String) throws -> Days {
            try InputSource(body: ["until": .string(day), "since": .string(day)]).decode(Days.self)
        }
        #expect(Timestamp.text(try read("2026-12-31").until.date) == "2027-01-01T00:00:00.000Z")
        #expect(Timestamp.text(try read("2026-12-31").since.date) == "2026-12-31T00:00:00.000Z")
        #expect(Timestamp.text(try read("2026-12-31T08:00:00Z").until.date) == "2026-12-31T08:00:00.000Z")
        for day in ["2026-02-30", "2026-13-01", "tomorrow", "2026-1-1", "20261231"] { #expect(throws: (any Error).self) { try read(day) } }
    }

    @Test func `a text counts characters as people do`() throws {
        #expect(try Text<3>("👨‍👩‍👧‍👦é😀").value.count == 3)
        #expect(throws: FieldProblem.self) { try Text<2>("abc") }
        #expect(try Text<9>("a\tb\nc").value == "a\tb\nc")
    }

    @Test(arguments: [
        ("Ada@Example.com", "ada@example.com"), ("ada+jobs@example.com", "ada@example.com"), ("ada+a+b@example.com", "ada@example.com"),
        ("+ada@example.com", "+ada@example.com"),
    ])
    func `a tag doesn't make another mailbox`(address: String, mailbox: String) throws {
        #expect(try EmailAddress(address).mailbox == mailbox)
    }
}
