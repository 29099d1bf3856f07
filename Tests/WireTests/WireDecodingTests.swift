import Foundation
import Testing
import Wire

/// Stored JSON is read back as it was written, and anything not of the type is rejected.
@Suite struct WireDecodingTests {
    enum Color: String, Codable { case red, green }

    struct Part: Codable, Equatable {
        let name: String
        let color: Color?
        let amounts: [Int]
    }

    struct Whole: Codable, Equatable {
        let id: UUID
        let at: Date
        let ratio: Double
        let small: UInt8
        let flag: Bool
        let parts: [Part]
        let byName: [String: Part]
        let note: String?
        let anything: JSON
        let bytes: Data
        let page: URL
    }

    private static let whole = Whole(
        id: UUID(),
        at: Date(timeIntervalSince1970: 1_700_000_000.5),
        ratio: 3,
        small: 255,
        flag: true,
        parts: [Part(name: "é😀\n\"", color: .red, amounts: [1, -2, .max]), Part(name: "", color: nil, amounts: [])],
        byName: ["a": Part(name: "x", color: .green, amounts: [0])],
        note: nil,
        anything: ["deep": [1, .number(2.5), .null, ["x": true]]],
        bytes: Data([0, 255]),
        page: URL(fileURLWithPath: "/a")
    )

    @Test func `what was written is what is read`() throws {
        #expect(try Wire.decode(Whole.self, from: Wire.encode(Self.whole)) == Self.whole)
        #expect(try Wire.decode([String: [Color]].self, from: Data(#"{"a":["red"],"b":[]}"#.utf8)) == ["a": [.red], "b": []])
        #expect(try Wire.decode(Int?.self, from: Data("null".utf8)) == nil)
        #expect(try Wire.decode(Double.self, from: Data("7".utf8)) == 7)
        #expect(try Wire.decode(Int.self, from: Data("7.0".utf8)) == 7)
    }

    @Test func `what the type does not know is left`() throws {
        let part = try Wire.decode(Part.self, from: Data(#"{"amounts":[],"later":{"a":[1]},"name":"n","color":null}"#.utf8))
        #expect(part == Part(name: "n", color: nil, amounts: []))
    }

    @Test(arguments: [
        #"{"name":"n"}"#, #"{"name":null,"amounts":[]}"#, #"{"name":1,"amounts":[]}"#, #"{"name":"n","amounts":{}}"#,
        #"{"name":"n","amounts":["1"]}"#, #"{"name":"n","amounts":[1.5]}"#, #"{"name":"n","amounts":[],"color":"blue"}"#, "[]", "1", "{",
    ])
    func `what is not of the type is refused`(text: String) {
        #expect(throws: (any Error).self) { try Wire.decode(Part.self, from: Data(text.utf8)) }
    }

    @Test(arguments: ["256", "-1", "1e3", "\"1\"", "true"])
    func `a number that does not fit is refused`(text: String) {
        #expect(throws: DecodingError.self) { try Wire.decode(UInt8.self, from: Data(text.utf8)) }
    }
}
