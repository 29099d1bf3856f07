import Foundation
import Kernel
import Testing

@testable import Web

private struct Search: Codable, Sendable {
    let q: Text<20>?
}

private struct FileInput: Codable, Sendable {
    let file: UploadedFile
    let note: Text<20>?
}

private struct Said: Codable, Sendable, Versioned {
    let text: String
    let version: Int
}

/// A request that grows in one part; it must get an answer, and a short one.
private struct GrowingRequest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let statuses: Set<Int>
    let bytes: @Sendable (Int) -> String

    private static func get(_ path: String, _ headers: String = "") -> String {
        "GET /api/v1\(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(headers)\r\n"
    }

    private static func form(_ body: String) -> String {
        """
        POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n\
        Content-Length: \(body.utf8.count)\r\n\r\n\(body)
        """
    }

    private static func many(_ count: Int, _ item: (Int) -> String) -> String { (0..<count).map(item).joined() }

    private static func part(_ disposition: String, _ headers: String = "") -> String {
        "--b\r\nContent-Disposition: form-data; \(disposition)\r\n\(headers)\r\nx\r\n"
    }

    static let all = [
        GrowingRequest(testDescription: "query fields", statuses: [400]) { n in get("/said?" + many(n) { "f\($0)=1&" }) },
        GrowingRequest(testDescription: "one query field", statuses: [400]) { n in get("/said?" + many(n) { _ in "q=1&" }) },
        GrowingRequest(testDescription: "broken query fields", statuses: [400]) { n in get("/said?" + many(n) { "f\($0)=%FF&" }) },
        GrowingRequest(testDescription: "a query field's name", statuses: [400]) { n in get("/said?" + many(n) { _ in "%CC%81" } + "=1") },
        GrowingRequest(testDescription: "segments", statuses: [400, 404]) { n in get(many(n) { _ in "/a" }) },
        GrowingRequest(testDescription: "empty segments", statuses: [400, 404]) { n in get(many(n) { _ in "/" }) },
        GrowingRequest(testDescription: "headers", statuses: [400]) { n in get("/said", many(n) { "H\($0): 1\r\n" }) },
        GrowingRequest(testDescription: "one header", statuses: [400]) { n in get("/said", many(n) { _ in "H: 1\r\n" }) },
        GrowingRequest(testDescription: "a header", statuses: [400, 200]) { n in get("/said", "H: " + many(n) { _ in "abcdefgh" } + "\r\n")
        },
        GrowingRequest(testDescription: "cookies", statuses: [400, 200]) { n in
            get("/said", "X-Tenure-Console: 1\r\nCookie: " + many(n) { "c\($0)=1; " } + "\r\n")
        },
        GrowingRequest(testDescription: "entity tags", statuses: [400, 200, 304]) { n in
            get("/said", "If-None-Match: " + many(n) { "\"\($0 + 9)\", " } + "\"8\"\r\n")
        },
        GrowingRequest(testDescription: "an entity tag", statuses: [400, 200]) { n in
            get("/said", "If-None-Match: \"" + many(n) { _ in "\u{0301}" } + "\"\r\n")
        },
        GrowingRequest(testDescription: "accepted types", statuses: [400, 200]) { n in
            get("/said", "Accept: " + many(n) { "a/\($0), " } + "*/*\r\n")
        },
        GrowingRequest(testDescription: "ranges", statuses: [400, 200]) { n in
            get("/said", "Range: bytes=" + many(n) { "\($0)-\($0)," } + "\r\n")
        },
        GrowingRequest(testDescription: "forwarded addresses", statuses: [400, 200]) { n in
            get("/said", "X-Forwarded-For: " + many(n) { _ in "1.2.3.4, " } + "\r\n")
        },
        GrowingRequest(testDescription: "a token", statuses: [400, 401]) { n in
            get("/mine", "Authorization: Bearer " + many(n) { _ in "a." } + "\r\n")
        },
        GrowingRequest(testDescription: "parts", statuses: [400]) { n in form(many(n) { part("name=\"p\($0)\"") } + "--b--\r\n") },
        GrowingRequest(testDescription: "a part's headers", statuses: [400]) { n in
            form(part("name=\"file\"; filename=\"a\"", many(n) { "H\($0): 1\r\n" }) + "--b--\r\n")
        },
        GrowingRequest(testDescription: "a part's parameters", statuses: [400]) { n in
            form(part("name=\"file\"; " + many(n) { "p\($0)=1; " }) + "--b--\r\n")
        },
        GrowingRequest(testDescription: "a part's name", statuses: [400]) { n in
            form(part("name=\"" + many(n) { _ in "n" } + "\"") + "--b--\r\n")
        },
        GrowingRequest(testDescription: "a file's name", statuses: [400, 201]) { n in
            form(part("name=\"file\"; filename=\"" + many(n) { _ in "\u{0301}" } + "\"") + "--b--\r\n")
        },
        GrowingRequest(testDescription: "a form's text", statuses: [400]) { n in
            form("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n" + many(n * 8) { _ in "abcdefgh" } + "\r\n--b--\r\n")
        },
        GrowingRequest(testDescription: "a form's preamble", statuses: [400, 201]) { n in
            form(many(n) { _ in "\r\n--" } + "\r\n" + part("name=\"file\"; filename=\"a\"") + "--b--\r\n")
        },
    ]
}

@Suite struct RequestBoundsTests {
    private var operations: [APIOperation] {
        [
            APIOperation(.get, "/said", "Read", access: .anyone) { (_: Search, _: Anonymous) async throws(Failure) -> Said in
                Said(text: "said", version: 8)
            },
            APIOperation(.get, "/mine", "Read", access: .signedIn) { (_: Search, _: SignedIn) async throws(Failure) -> Said in
                Said(text: "mine", version: 8)
            },
            APIOperation(.post, "/files", "Upload", access: .anyone, status: 201, retry: .byItself) {
                (input: FileInput, _: Anonymous) async throws(Failure) -> Said in
                Said(text: input.file.name, version: 1)
            },
        ]
    }

    @Test(arguments: GrowingRequest.all)
    fileprivate func `a request that grows in one part is answered in few words`(request: GrowingRequest) async throws {
        try await ToyServer.run(operations) { client in
            for count in [100, 1_500, 10_000] {
                let bytes = try await client.exchange(Array(request.bytes(count).utf8))
                let answer = try RawClient.parse(bytes)
                #expect(request.statuses.contains(answer.status) || count < 1_500, "\(count): \(answer.status)")
                #expect((200..<500).contains(answer.status))
                #expect(bytes.count < 20_000)
            }
        }
    }

    @Test func `what takes a request apart costs what its length says`() throws {
        let routes = RouteTable(operations.map(Endpoint.init))
        let kinds: [(String, (Int) -> Void)] = [
            ("segments", { n in _ = routes.match("GET", String(repeating: "/said", count: n)) }),
            ("query", { n in _ = try? Query.fields((0..<n).map { "f\($0)=%41" }.joined(separator: "&"), known: ["q", "page"]) }),
            ("tags", { n in _ = ETag.matches(String(repeating: "\"7\", ", count: n), 8) }),
            (
                "parameters",
                { n in
                    var header = HeaderParameters("form-data; " + (0..<n).map { "p\($0)=\"\\\"\"" }.joined(separator: "; "))
                    _ = header.parse()
                }
            ),
            (
                "content",
                { n in
                    var parser = MultipartParser(boundary: "bound")
                    let text = "--bound\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + String(repeating: "\r\n--bounb", count: n)
                    _ = try? parser.feed(Array(text.utf8))
                }
            ),
            (
                "preamble",
                { n in
                    var parser = MultipartParser(boundary: "bound")
                    for _ in 0..<n { _ = try? parser.feed(Array("\r\n--boun".utf8)) }
                }
            ),
        ]
        for (name, run) in kinds {
            let ratio = costRatio {
                run(1_000)
            } _: {
                run(8_000)
            }
            #expect(ratio < 20, "\(name)")
        }
    }
}
