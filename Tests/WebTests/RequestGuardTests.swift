import Foundation
import Kernel
import Testing

@testable import Web

private struct Note: Codable, Sendable {
    let text: Text<100>
}

private struct FileInput: Codable, Sendable {
    let file: UploadedFile
}

private struct Empty: Codable, Sendable {}

private struct Long: Codable, Sendable {
    let text: String
}

private struct Size: Codable, Sendable {
    let size: Int
}

/// A request head that can be read in two ways.
private struct BadHead: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let head: String

    init(_ name: String, _ lines: String...) {
        testDescription = name
        head = lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    private static let post = "POST /api/v1/notes HTTP/1.1"
    private static let type = "Content-Type: application/json"

    static let all = [
        BadHead("no Host", "GET /healthz HTTP/1.1"),
        BadHead("two Hosts", "GET /healthz HTTP/1.1", "Host: a.example", "Host: b.example"),
        BadHead("twice the same Host", "GET /healthz HTTP/1.1", "Host: a.example", "Host: a.example"),
        BadHead("two Hosts in HTTP/1.0", "GET /healthz HTTP/1.0", "Host: a.example", "Host: b.example"),
        BadHead("an empty Host", "GET /healthz HTTP/1.1", "Host:"),
        BadHead("a Host with a path", "GET /healthz HTTP/1.1", "Host: a.example/b"),
        BadHead("a Host with a user", "GET /healthz HTTP/1.1", "Host: user@a.example"),
        BadHead("a list of Hosts", "GET /healthz HTTP/1.1", "Host: a.example, b.example"),
        BadHead("a Host with a blank", "GET /healthz HTTP/1.1", "Host: a example"),
        BadHead("a Host with letters for a port", "GET /healthz HTTP/1.1", "Host: a.example:http"),
        BadHead("a Host that is half an address", "GET /healthz HTTP/1.1", "Host: [::1"),
        BadHead("a Host beside another target", "GET http://b.example/healthz HTTP/1.1", "Host: a.example"),
        BadHead("a length and chunks", post, "Host: a", type, "Content-Length: 4", "Transfer-Encoding: chunked"),
        BadHead("chunks and a length", post, "Host: a", type, "Transfer-Encoding: chunked", "Content-Length: 4"),
        BadHead("two lengths", post, "Host: a", type, "Content-Length: 4", "Content-Length: 9"),
        BadHead("twice the same length", post, "Host: a", type, "Content-Length: 4", "Content-Length: 4"),
        BadHead("a list of lengths", post, "Host: a", type, "Content-Length: 4, 4"),
        BadHead("a length with a sign", post, "Host: a", type, "Content-Length: +4"),
        BadHead("a negative length", post, "Host: a", type, "Content-Length: -4"),
        BadHead("a length in hexadecimal", post, "Host: a", type, "Content-Length: 0x4"),
        BadHead("an endless length", post, "Host: a", type, "Content-Length: 99999999999999999999"),
        BadHead("an unknown coding", post, "Host: a", type, "Transfer-Encoding: xchunked"),
        BadHead("a coding before chunks", post, "Host: a", type, "Transfer-Encoding: gzip, chunked"),
        BadHead("chunks twice", post, "Host: a", type, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        BadHead("chunks and identity", post, "Host: a", type, "Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
        BadHead("chunks in HTTP/1.0", "POST /api/v1/notes HTTP/1.0", "Host: a", type, "Transfer-Encoding: chunked"),
        BadHead("a blank before the colon", post, "Host: a", type, "Content-Length : 4"),
        BadHead("a blank before the coding's colon", post, "Host: a", type, "Transfer-Encoding : chunked"),
        BadHead("a folded line", post, "Host: a", type, "X-Folded: a", " b", "Content-Length: 4"),
        BadHead("a header without a name", post, "Host: a", type, ": 4"),
        BadHead("a header without a colon", post, "Host: a", type, "Content-Length 4"),
        BadHead("a null in a header", post, "Host: a", type, "X-Null: a\0b"),
        BadHead("a return in a header", post, "Host: a", type, "X-Return: a\rTransfer-Encoding: chunked"),
        BadHead("a version that is none", "GET /healthz HTTP/1.1x", "Host: a"),
        BadHead("no version", "GET /healthz", "Host: a"),
    ]
}

@Suite struct RequestGuardTests {
    private var operations: [APIOperation] {
        [
            APIOperation(.post, "/notes", "Write", access: .anyone, retry: .byItself) {
                (input: Note, _: Anonymous) async throws(Failure) -> Note in input
            },
            APIOperation(.post, "/files", "Upload", access: .anyone, retry: .byItself) {
                (input: FileInput, _: Anonymous) async throws(Failure) -> Size in Size(size: input.file.size)
            },
        ]
    }

    @Test(arguments: BadHead.all)
    fileprivate func `a head that can be read in two ways is refused, and nothing behind it is read`(bad: BadHead) async throws {
        try await ToyServer.run(operations) { client in
            let smuggled = "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
            let bytes = try await client.exchange(Array((bad.head + smuggled).utf8), endsInput: true)
            let answer = try RawClient.parse(bytes)
            #expect(answer.status == 400)
            #expect(answer.headers["connection"]?.lowercased() == "close")
            #expect(String(decoding: bytes, as: UTF8.self).components(separatedBy: "HTTP/1.1 ").count == 2)
        }
    }

    @Test(arguments: [
        "Host: a.example", "Host: a.example:8080", "host:a.example", "Host: [::1]:80", "Host: 127.0.0.1", "Host: a_b.example", "Host: a:",
    ])
    func `a valid Host is accepted`(line: String) async throws {
        try await ToyServer.run(operations) { client in
            let answer = try RawClient.parse(
                try await client.exchange(Array("GET /healthz HTTP/1.1\r\n\(line)\r\nConnection: close\r\n\r\n".utf8))
            )
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: ["GET /healthz HTTP/1.0", "GET http://a.example/healthz HTTP/1.1\r\nHost: a.example\r\nConnection: close"])
    func `old clients and those behind a proxy are answered`(head: String) async throws {
        try await ToyServer.run(operations) { client in
            let bytes = try await client.exchange(Array("\(head)\r\n\r\n".utf8))
            #expect(try RawClient.parse(bytes).status == 200)
        }
    }

    private static func quick(_ configuration: inout WebConfiguration) {
        configuration.pace.firstHead = .milliseconds(300)
        configuration.pace.nextHead = .milliseconds(300)
        configuration.pace.body = .milliseconds(300)
        configuration.pace.uploadGrace = .milliseconds(300)
        configuration.pace.uploadBytesPerSecond = 1000
        configuration.pace.answer = .milliseconds(300)
    }

    private static let json = "POST /api/v1/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
    private static let form =
        "POST /api/v1/files HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n\r\n--b"

    @Test(arguments: [
        "", "GET", "GET /healthz HTTP/1.1\r\nHost: a\r\nX-", json, form,
        "POST /api/v1/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    ])
    func `a request that does not finish is ended with 408`(beginning: String) async throws {
        try await ToyServer.run(operations, configure: Self.quick) { client in
            let answer = try RawClient.parse(try await client.exchange(Array(beginning.utf8)))
            #expect(answer.status == 408)
            #expect(answer.headers["connection"] == "close")
            #expect(try answer.json["error"]?["code"] == "REQUEST_TIMEOUT")
        }
    }

    @Test(arguments: ["GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ", json, form])
    func `sending a byte now and then doesn't keep a request alive`(beginning: String) async throws {
        try await ToyServer.run(operations, configure: Self.quick) { client in
            let bytes = try await client.exchange(Array(beginning.utf8), thenDripping: .milliseconds(50))
            #expect(try RawClient.parse(bytes).status == 408)
        }
    }

    @Test func `an upload on a slow line gets through as long as it keeps the minimum rate`() async throws {
        try await ToyServer.run(operations, configure: Self.quick) { client in
            let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
            let body = head + String(repeating: "x", count: 2000) + "\r\n--b--\r\n"
            let request = """
                POST /api/v1/files HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n\
                Content-Length: \(body.utf8.count)\r\n\r\n\(body)
                """
            // 2 kB in chunks of 200 bytes, 60 ms apart: longer in total than the time without a rate.
            let bytes = try await client.exchange(Array(request.utf8), pieces: 200, pause: .milliseconds(60))
            #expect(try RawClient.parse(bytes).status == 200)
        }
    }

    @Test func `a client that reads nothing of its answer is disconnected`() async throws {
        let long = APIOperation(.get, "/long", "Read", access: .anyone) { (_: Empty, _: Anonymous) async throws(Failure) -> Long in
            Long(text: String(repeating: "x", count: 32 << 20))
        }
        try await ToyServer.run([long], configure: Self.quick) { client in
            let request = "GET /api/v1/long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let bytes = try await client.exchange(Array(request.utf8), waiting: .seconds(8))
            #expect(bytes.count < 32 << 20)
        }
        // One that does read may be slow, on a busy machine.
        try await ToyServer.run([long]) { client in
            let answer = try await client.send("GET", "/api/v1/long")
            #expect(answer.body.count > 32 << 20)
        }
    }

    @Test func `an idle kept connection is closed without an answer`() async throws {
        try await ToyServer.run(operations, configure: Self.quick) { client in
            let bytes = try await client.exchange(Array("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            #expect(String(decoding: bytes, as: UTF8.self).components(separatedBy: "HTTP/1.1 ").count == 2)
            #expect(try RawClient.parse(bytes).status == 200)
        }
    }
}
