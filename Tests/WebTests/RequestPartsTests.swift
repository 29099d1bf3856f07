import Foundation
import Kernel
import Testing

@testable import Web

struct RequestPartsTests {
    @Test(arguments: [
        ("a%20b+c", "a b c"), ("%C3%BC", "ü"), ("plain", "plain"), ("%e2%82%ac", "€"), ("", ""),
    ])
    func `a query value is decoded`(written: String, value: String) {
        #expect(PercentEncoding.decode(written.utf8, plusIsSpace: true) == value)
    }

    @Test(arguments: ["%", "%2", "%zz", "%FF", "%C3"])
    func `a broken escape is refused`(written: String) {
        #expect(PercentEncoding.decode(written.utf8, plusIsSpace: true) == nil)
    }

    @Test func `a query names each field once and no unknown one`() throws {
        #expect(try Query.fields("q=a%26b&page=2", known: ["q", "page"]) == ["q": "a&b", "page": "2"])
        let failure = #expect(throws: Failure.self) { try Query.fields("q=1&q=2&other=3&page=%FF", known: ["q", "page"]) }
        #expect(failure?.details == ["q": "Must be given once.", "other": "Unknown field.", "page": "Is not validly percent-encoded."])
    }

    @Test func `a range of addresses holds what it should`() throws {
        let range = try #require(AddressRange("10.1.0.0/20"))
        #expect(range.contains("10.1.15.255"))
        #expect(!range.contains("10.1.16.0"))
        #expect(range.contains("::ffff:10.1.0.1"))
        let six = try #require(AddressRange("2001:db8::/32"))
        #expect(six.contains("2001:db8:ffff::1"))
        #expect(!six.contains("2001:db9::1"))
        #expect(AddressRange("10.0.0.0/33") == nil)
        #expect(AddressRange("localhost") == nil)
    }

    @Test func `the client is the rightmost address that no trusted proxy has`() throws {
        let proxies = [try #require(AddressRange("10.0.0.0/8"))]
        #expect(RequestInfo.client("1.1.1.1, 2.2.2.2, 10.0.0.7", behind: "10.0.0.9", trusting: proxies) == "2.2.2.2")
        #expect(RequestInfo.client("evil, 2.2.2.2", behind: "10.0.0.9", trusting: proxies) == "2.2.2.2")
        #expect(RequestInfo.client("2.2.2.2, evil", behind: "10.0.0.9", trusting: proxies) == "10.0.0.9")
        #expect(RequestInfo.client(nil, behind: "10.0.0.9", trusting: proxies) == "10.0.0.9")
        for written in ["2.2.2.2:4711", "2.2.2.2 ", "[2001:db8::7]:4711", "[2001:db8::7]", "2001:db8::7"] {
            let client = written.contains("2001") ? "2001:db8::7" : "2.2.2.2"
            #expect(RequestInfo.client("1.1.1.1, \(written), 10.0.0.7:80", behind: "10.0.0.9", trusting: proxies) == client)
        }
    }

    @Test func `an ETag is strong for If-Match and weak for If-None-Match`() throws {
        #expect(ETag.text(7) == "\"7\"")
        #expect(try ETag.expected("\"7\"") == 7)
        #expect(try ETag.expected("*") == nil)
        let bare = #expect(throws: Failure.self) { try ETag.expected("7") }
        #expect(bare?.kind == .validation)
        let foreign = #expect(throws: Failure.self) { try ETag.expected("\"abc\"") }
        #expect(foreign?.kind == .preconditionFailed)
        #expect(ETag.matches("\"6\", W/\"7\"", 7))
        #expect(!ETag.matches("\"6\"", 7))
    }

    @Test(arguments: [0, 951_782_400.5, 1_709_164_799.999, 4_102_444_800, -1.5, 1_767_225_600.25])
    func `the envelope's time is what a formatter writes`(seconds: Double) {
        let date = Date(timeIntervalSince1970: seconds)
        var bytes: [UInt8] = []
        Timestamp.append(date, to: &bytes)
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        #expect(String(decoding: bytes, as: UTF8.self) == formatter.string(from: date))
    }

    @Test func `a download's name is written for old and new clients`() {
        #expect(
            ContentDisposition.attachment("Jürgen \"CV\".pdf")
                == "attachment; filename=\"J_rgen _CV_.pdf\"; filename*=UTF-8''J%C3%BCrgen%20%22CV%22.pdf"
        )
    }
}
