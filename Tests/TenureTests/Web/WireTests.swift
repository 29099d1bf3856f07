import Foundation
import Kernel
import Testing

/// Our encoder against Foundation's: the same JSON except for the order of keys, which is that of the declaration.
struct WireTests {
    private enum Status: String, Codable { case draft, published }

    private struct Place: Codable, Equatable {
        let city: String
        let country: String?
        let isRemote: Bool
    }

    private struct Row: Codable, Equatable {
        var title = "Senior \"Swift\" engineer,\n\t\r\u{1}\u{1F} \\ ü 日本 🦉 a/b"
        var status = Status.published
        var place: Place? = Place(city: "Berlin", country: nil, isRemote: true)
        var tags = ["a", "b/c", ""]
        var gaps: [Int?] = [1, nil, 3]
        var score: Double? = 1.5
        var tiny = 1e-300
        var huge = UInt64(Int.max)
        var small: Int8 = -128
        var ratio: Float = 0.25
        var counts = ["x": 1]
        var nothing: String?
        var nested = [["k": [Place(city: "", country: "DE", isRemote: false)]], [:]]
        var bytes = Data([0, 255, 16])
        var link = URL(string: "https://example.com/a?b=c")
        var none: [Int] = []
    }

    private struct ByHand: Encodable {
        enum Key: String, CodingKey { case outer, inner, list, after, bare }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            var outer = container.nestedContainer(keyedBy: Key.self, forKey: .outer)
            try outer.encode(1, forKey: .inner)
            var list = outer.nestedUnkeyedContainer(forKey: .list)
            try list.encode("one")
            var element = list.nestedContainer(keyedBy: Key.self)
            try element.encodeNil(forKey: .inner)
            try list.encode(true)
            try container.encode(Empty(), forKey: .bare)
            try container.encode("end", forKey: .after)
        }
    }

    private struct Empty: Encodable {
        func encode(to encoder: any Encoder) throws {}
    }

    private func tree(_ data: Data) throws -> JSON { try JSON(parsing: data) }

    @Test func `writes what Foundation's encoder writes`() throws {
        let rows = [Row(), Row(place: nil, score: nil, link: nil)]
        #expect(try tree(Wire.encode(rows)) == tree(JSONEncoder().encode(rows)))
        #expect(try Wire.decode([Row].self, from: Wire.encode(rows)) == rows)
    }

    @Test func `closes nested containers where their parent continues`() throws {
        #expect(try tree(Wire.encode(ByHand())) == tree(JSONEncoder().encode(ByHand())))
        #expect(
            String(decoding: try Wire.encode(ByHand()), as: UTF8.self)
                == #"{"outer":{"inner":1,"list":["one",{"inner":null},true]},"bare":{},"after":"end"}"#
        )
    }

    @Test func `writes keys as declared, times in UTC, ids in lower case and slashes bare`() throws {
        struct Answer: Encodable {
            let zebra = "a/b"
            let at = Date(timeIntervalSince1970: 1_767_225_600.123)
            let id = UUID(uuid: (0xAB, 0xCD, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0, 0, 0, 0, 0xFF))
            let tree: JSON = ["b": 1, "a": [.null, .number(2.5)]]
        }
        #expect(
            String(decoding: try Wire.encode(Answer()), as: UTF8.self)
                == #"{"zebra":"a/b","at":"2026-01-01T00:00:00.123Z","id":"abcd0001-0002-0003-0004-0000000000ff","tree":{"a":[null,2.5],"b":1}}"#
        )
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `refuses numbers that JSON doesn't have`(_ number: Double) {
        #expect(throws: EncodingError.self) { try Wire.encode([number]) }
    }
}
