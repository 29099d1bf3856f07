import Foundation
import Testing
import Wire

@Suite struct JSONParsingTests {
    private static let valid: [(String, JSON)] = [
        ("null", JSON.null), (" true ", true), ("-0", 0), ("12", 12), ("1.5", .number(1.5)), ("1e2", .number(100)), ("\"\"", ""),
        (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{C}\n\r\t")), (#""\u00e9\ud83d\ude00""#, "é😀"), ("[]", []), ("{}", [:]),
        (#"[1,[2,{"a":null}]]"#, [1, [2, ["a": .null]]]), ("9223372036854775807", .integer(.max)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ]

    @Test(arguments: valid)
    func `a valid text is the value that it says`(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text.utf8) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "01", "1.", ".5", "+1", "1e", "1e999", "--1", "NaN", "Infinity", "\"", "\"\u{1}\"", #""\x""#, #""\u12""#,
        #""\ud800""#, #""\ud800\u0041""#, #""\u0000""#, "[1,]", "[1 2]", "[", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}",
        "{\"a\":1,\"a\":2}", "1 2", "[] []", "// no\n1", "\u{FEFF}1",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text.utf8) }
    }

    @Test(arguments: [[0xFF], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: bytes) }
    }

    @Test func `sixty-four levels are read, one more is refused, a million do no harm`() throws {
        func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        _ = try JSON(parsing: nested(64).utf8)
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: nested(65).utf8) }
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: nested(1_000_000).utf8) }
    }

    @Test func `an error says where`() {
        do {
            _ = try JSON(parsing: #"{"a": tru}"#.utf8)
            Issue.record("It was accepted.")
        } catch {
            #expect(error.description.contains("at byte 9"))
        }
    }

    @Test func `equal values give equal bytes, whatever the order of their members`() throws {
        let one = try JSON(parsing: #"{"b":[1,2.5,"x\u0007\"\\"],"a":{"d":null,"c":true}}"#.utf8)
        let other = try JSON(parsing: #"{ "a": {"c":true, "d":null}, "b":[1, 2.5, "x\u0007\"\\"] }"#.utf8)
        #expect(one.canonicalBytes == other.canonicalBytes)
        #expect(try JSON(parsing: one.canonicalBytes) == one)
        #expect(one.text == #"{"a":{"c":true,"d":null},"b":[1,2.5,"x\u0007\"\\"]}"#)
    }
}
