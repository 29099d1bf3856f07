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
    let title: Text<10>
    let color: Color?
    let list: List<Inner, 2>?
    let numbers: List<Bounded<1, 5>, 10>?
    let names: [String: Bounded<1, 5>]?
    let email: EmailAddress?
    let share: Double?
    let anything: JSON?
}

/// A body that grows in one way: what anybody may send before they are identified.
private struct GrowingBody: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: @Sendable (Int) -> String

    static func many(_ count: Int, _ separator: String = ",", _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: separator)
    }

    static func piled(_ count: Int) -> String {
        let marks = ["\u{0301}", "\u{0316}", "\u{0327}"]
        return "r" + many(count, "") { marks[$0 % 3] }
    }

    static let all = [
        GrowingBody(testDescription: "unknown fields") { n in "{" + many(n) { "\"field\($0)\":1" } + "}" },
        GrowingBody(testDescription: "unknown fields of one entry") { n in
            #"{"title":"a","list":[{"name":"a","count":1,"# + many(n) { "\"field\($0)\":1" } + "}]}"
        },
        GrowingBody(testDescription: "entries with unknown fields") { n in
            #"{"title":"a","list":["# + many(n) { _ in #"{"name":"a","count":1,"nane":1}"# } + "]}"
        },
        GrowingBody(testDescription: "bad entries") { n in #"{"title":"a","numbers":["# + many(n) { _ in "9" } + "]}" },
        GrowingBody(testDescription: "entries that lack all") { n in #"{"title":"a","list":["# + many(n) { _ in "{}" } + "]}" },
        GrowingBody(testDescription: "bad members") { n in #"{"title":"a","names":{"# + many(n) { "\"m\($0)\":9" } + "}}" },
        GrowingBody(testDescription: "the same name") { n in "{" + many(n) { _ in #""title":"a""# } + "}" },
        GrowingBody(testDescription: "a long name") { n in "{\"" + String(repeating: "n", count: n) + #"":1,"title":"a"}"# },
        GrowingBody(testDescription: "a name of piled marks") { n in "{\"" + piled(n) + #"":1}"# },
        GrowingBody(testDescription: "names of piled marks") { n in "{" + many(n / 40) { "\"\(piled(40))\($0)\":1" } + "}" },
        GrowingBody(testDescription: "a text of piled marks") { n in #"{"title":""# + piled(n) + "\"}" },
        GrowingBody(testDescription: "a choice of piled marks") { n in #"{"title":"a","color":""# + piled(n) + "\"}" },
        GrowingBody(testDescription: "an address of piled marks") { n in #"{"title":"a","email":""# + piled(n) + "@example.com\"}" },
        GrowingBody(testDescription: "a long text") { n in #"{"title":""# + String(repeating: "x", count: n) + "\"}" },
        GrowingBody(testDescription: "a long address") { n in #"{"title":"a","email":""# + String(repeating: "x.", count: n) + "\"}" },
        GrowingBody(testDescription: "a long whole number") { n in "{\"share\":" + String(repeating: "9", count: n) + "}" },
        GrowingBody(testDescription: "a long fraction") { n in "{\"share\":0." + String(repeating: "9", count: n) + "}" },
        GrowingBody(testDescription: "a long exponent") { n in "{\"share\":1e" + String(repeating: "0", count: n) + "1}" },
        GrowingBody(testDescription: "levels") { n in "{\"title\":" + String(repeating: "[", count: n) },
        GrowingBody(testDescription: "escapes") { n in #"{"title":""# + String(repeating: "\\u0041", count: n) + "\"}" },
        GrowingBody(testDescription: "anything in a list") { n in #"{"title":"a","anything":["# + many(n) { "{\"a\":\($0)}" } + "],\"x\":1}"
        },
        GrowingBody(testDescription: "anything of piled marks") { n in
            #"{"title":"a","anything":[{"a":""# + piled(n) + "\"}],\"x\":1}"
        },
        GrowingBody(testDescription: "blanks") { n in String(repeating: " ", count: n) + "{}" },
    ]
}

@Suite struct InputBoundsTests {
    @Test(arguments: GrowingBody.all)
    fileprivate func `an input costs what its length says, and its answer is short`(body: GrowingBody) throws {
        let (small, large) = (Array(body.text(8_000).utf8), Array(body.text(64_000).utf8))
        var details: [String: JSON] = [:]
        let ratio = costRatio {
            details = Self.problems(small)
        } _: {
            details = Self.problems(large)
        }
        #expect(ratio < 20)
        #expect(details.count <= 20)
        #expect(JSON.object(details).canonicalBytes.count < 12_000)
    }

    private static func problems(_ bytes: [UInt8]) -> [String: JSON] {
        do throws(JSONSyntaxError) {
            let body = try JSON(parsing: bytes, longestName: 256)
            do throws(Failure) { _ = try InputSource(body: body).decode(Everything.self) } catch { return error.details }
            return [:]
        } catch {
            return ["body": .string(error.description)]
        }
    }

    @Test func `twenty problems are listed, known fields before unknown ones, and the rest is counted`() throws {
        let strangers = Dictionary(uniqueKeysWithValues: (100..<150).map { ("field\($0)", JSON.integer($0)) })
        let body = JSON.object(strangers.merging(["title": 5, "titel": "a"]) { $1 })
        do throws(Failure) {
            _ = try InputSource(body: body).decode(Everything.self)
            Issue.record("It was decoded.")
        } catch {
            #expect(error.details.count == 20)
            #expect(error.details["title"] == "Must be a text.")
            #expect(Set((100..<119).map { "field\($0)" }).isSubset(of: error.details.keys))
            #expect(error.message == "Some fields are not valid. There are 32 more.")
        }
    }

    @Test func `a list of bad entries is not read to its end`() throws {
        let body: JSON = ["title": "a", "numbers": .array(Array(repeating: 9, count: 100))]
        do throws(Failure) {
            _ = try InputSource(body: body).decode(Everything.self)
            Issue.record("It was decoded.")
        } catch {
            #expect(error.details.count == 20)
            #expect(error.message == "Some fields are not valid. There are more than these.")
        }
    }

    @Test func `a word in any script keeps its marks`() {
        for word in ["Zoë", "Việt Nam", "นี้", "कि", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "👨‍👩‍👧‍👦", "e" + String(repeating: "\u{0301}", count: 30)] {
            #expect(word.isStreamSafe, "\(word)")
        }
        #expect(!("e" + String(repeating: "\u{0301}", count: 31)).isStreamSafe)
    }
}

/// The ratio of this thread's processor time for the second and the first, taking the best of three.
func costRatio(_ first: () -> Void, _ second: () -> Void) -> Double {
    func cost(_ body: () -> Void) -> Double {
        (0..<3).map { _ in
            let start = threadTime()
            body()
            return threadTime() - start
        }.min() ?? 0
    }
    // Below a tenth of a millisecond the clock itself decides.
    return cost(second) / max(cost(first), 0.0001)
}

private func threadTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
