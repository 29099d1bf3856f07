import Foundation
import Kernel
import Redis
import Synchronization
import Testing

@testable import Web

private struct Echo: Codable, Sendable {
    let id: Bounded<1, 9>?
    let title: Text<10>
    let version: Int?
}

private struct EchoView: Codable, Sendable, Versioned {
    let title: String
    let version: Int
}

private struct ChangeEcho: Codable, Sendable {
    let id: Bounded<1, 9>
    let title: Text<10>
    let ifMatch: ExpectedVersion?
}

private struct FileInput: Codable, Sendable {
    let file: UploadedFile
    let note: Text<20>?
}

private struct FileView: Codable, Sendable {
    let path: String
    let name: String
    let size: Int
    let note: String?
    let first: String
}

private struct Search: Codable, Sendable {
    let q: Text<20>?
    let page: Bounded<1, 100>?
}

private struct Found: Codable, Sendable {
    let q: String?
    let page: Int?
}

@Suite struct APIResponderTests {
    private static let user = "user:0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"
    private let signedIn = ["Authorization": "Bearer \(user)"]

    private var operations: [APIOperation] {
        [
            APIOperation(.get, "/echoes/{id}", "Read", access: .anyone) { (input: EchoID, _: Anonymous) async throws(Failure) -> EchoView in
                EchoView(title: "echo", version: input.id.value)
            },
            APIOperation(.get, "/programs/{id}", "Read by a program", access: .signedIn) {
                (input: EchoID, _: SignedIn) async throws(Failure) -> EchoView in
                EchoView(title: "program", version: input.id.value)
            }.open(to: .readRules),
            APIOperation(.patch, "/echoes/{id}", "Change", access: .signedIn, retry: .byItself) {
                (input: ChangeEcho, _: SignedIn) async throws(Failure) -> EchoView in
                try input.ifMatch?.check(3)
                return EchoView(title: input.title.value, version: 4)
            },
            APIOperation(.get, "/search", "Search", access: .anyone) { (input: Search, _: Anonymous) async throws(Failure) -> Found in
                Found(q: input.q?.value, page: input.page?.value)
            },
            APIOperation(.post, "/files", "Upload", access: .signedIn, status: 201, retry: .byItself) {
                (input: FileInput, _: SignedIn) async throws(Failure) -> FileView in
                let bytes = FileManager.default.contents(atPath: input.file.path) ?? Data()
                return FileView(
                    path: input.file.path,
                    name: input.file.name,
                    size: input.file.size,
                    note: input.note?.value,
                    first: String(decoding: bytes.prefix(4), as: UTF8.self)
                )
            },
            APIOperation(.get, "/broken", "Fail", access: .anyone) { (_: NoInput, _: Anonymous) async throws(Failure) -> NoContent in
                throw .internal(RawClient.Broken(step: "secret cause", number: 1))
            },
            APIOperation(.delete, "/echoes/{id}", "Delete", access: .signedIn) {
                (_: EchoID, _: SignedIn) async throws(Failure) -> NoContent in
                NoContent()
            },
        ]
    }

    private struct EchoID: Codable, Sendable {
        let id: Bounded<1, 9>
    }

    @Test func `an answer has the envelope, a request id and the security headers`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let answer = try await client.send("GET", "/api/v1/echoes/7")
            #expect(answer.status == 200)
            #expect(try answer.json["success"] == true)
            #expect(try answer.json["data"] == ["title": "echo", "version": 7])
            let id = try #require(try answer.json["meta"]?["requestId"]?.string)
            #expect(id.hasPrefix("req_"))
            #expect(answer.headers["x-request-id"] == id)
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.headers["etag"] == "\"7\"")
        }
    }

    @Test func `a version that the client has is not sent again`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let same = try await client.send("GET", "/api/v1/echoes/7", ["If-None-Match": "\"7\""])
            #expect(same.status == 304)
            #expect(same.body.isEmpty)
            let head = try await client.send("HEAD", "/api/v1/echoes/7")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(Int(head.headers["content-length"] ?? "") ?? 0 > 50)
        }
    }

    @Test func `If-Match guards a change`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let path = "/api/v1/echoes/1"
            let good = try await client.json("PATCH", path, #"{"title":"x"}"#, signedIn.merging(["If-Match": "\"3\""]) { $1 })
            #expect(good.status == 200)
            #expect(good.headers["etag"] == "\"4\"")
            let stale = try await client.json("PATCH", path, #"{"title":"x"}"#, signedIn.merging(["If-Match": "\"2\""]) { $1 })
            #expect(stale.status == 412)
            let odd = try await client.json("PATCH", path, #"{"title":"x"}"#, signedIn.merging(["If-Match": "3"]) { $1 })
            #expect(odd.status == 400)
        }
    }

    @Test(arguments: [
        ("GET", "/api/v1/nothing", 404, "NOT_FOUND"), ("GET", "/", 404, "NOT_FOUND"), ("GET", "/api/v1/echoes/10", 400, "VALIDATION_ERROR"),
        ("PUT", "/api/v1/echoes/1", 405, "METHOD_NOT_ALLOWED"), ("TRACE", "/api/v1/echoes/1", 405, "METHOD_NOT_ALLOWED"),
        ("DELETE", "/api/v1/echoes/1", 401, "UNAUTHORIZED"), ("GET", "/api/v1/search?q=a&q=b", 400, "VALIDATION_ERROR"),
        ("GET", "/api/v1/search?other=1", 400, "VALIDATION_ERROR"), ("GET", "/api/v1/search?q=%FF", 400, "VALIDATION_ERROR"),
        ("GET", "/api/v1/search?page=99999999999999999999999", 400, "VALIDATION_ERROR"), ("GET", "/api/v1/broken", 500, "INTERNAL_ERROR"),
    ])
    func `a refusal has the envelope too`(method: String, path: String, status: Int, code: String) async throws {
        try await ToyServer.run(operations) { client async throws in
            let answer = try await client.send(method, path)
            #expect(answer.status == status)
            #expect(try answer.json["error"]?["code"]?.string == code)
            #expect(!answer.text.contains("secret"))
        }
    }

    @Test func `another method is told which ones there are`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let answer = try await client.send("PUT", "/api/v1/echoes/1")
            #expect(answer.headers["allow"] == "DELETE, GET, PATCH")
        }
    }

    @Test(arguments: [
        ("{", 400), ("", 400), ("[]", 400), ("null", 400), (#"{"title":"x","title":"y"}"#, 400), (#"{"title":"x","other":1}"#, 400),
        (#"{"title":7}"#, 400), (#"{"title":"\u0000"}"#, 400), ("{\"title\":\"\u{1}\"}", 400), (#"{"title":"x"} x"#, 400),
        (String(repeating: "[", count: 100_000), 400), (#"{"title":"x"}"#, 200),
    ])
    func `a bad body is refused with what is wrong`(body: String, status: Int) async throws {
        try await ToyServer.run(operations) { client async throws in
            let answer = try await client.json("PATCH", "/api/v1/echoes/1", body, signedIn)
            #expect(answer.status == status)
        }
    }

    @Test func `bytes that are not UTF-8 are refused`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let headers = signedIn.merging(["Content-Type": "application/json"]) { $1 }
            let answer = try await client.send(
                "PATCH",
                "/api/v1/echoes/1",
                headers,
                body: Array(#"{"title":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)
            )
            #expect(answer.status == 400)
            #expect(try answer.json["error"]?["details"]?["body"] != nil)
        }
    }

    @Test func `all bad fields are named at once`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let answer = try await client.json("PATCH", "/api/v1/echoes/77", #"{"title":"","more":1}"#, signedIn)
            let details = try answer.json["error"]?["details"]
            #expect(details?["id"] != nil)
            #expect(details?["title"] != nil)
            #expect(details?["more"] != nil)
        }
    }

    @Test func `a body of another type is 415`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let headers = signedIn.merging(["Content-Type": "text/plain"]) { $1 }
            #expect(try await client.send("PATCH", "/api/v1/echoes/1", headers, body: [0x7B, 0x7D]).status == 415)
            #expect(try await client.json("POST", "/api/v1/files", "{}", signedIn).status == 415)
        }
    }

    @Test func `a body that is too large is 413, declared or sent`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let large = [UInt8](repeating: 0x20, count: 3 * 1024 * 1024)
            let headers = signedIn.merging(["Content-Type": "application/json"]) { $1 }
            #expect(try await client.send("PATCH", "/api/v1/echoes/1", headers, body: large).status == 413)
            var chunked = Array("\(String(large.count, radix: 16))\r\n".utf8)
            chunked += large + Array("\r\n0\r\n\r\n".utf8)
            let answer = try await client.send(
                "PATCH",
                "/api/v1/echoes/1",
                headers.merging(["Transfer-Encoding": "chunked"]) { $1 },
                body: chunked
            )
            #expect(answer.status == 413)
        }
    }

    @Test func `reading stops after a refusal`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let headers = ["Content-Type": "application/json", "Content-Length": "900000000000"]
            let answer = try await client.send(
                "PATCH",
                "/api/v1/echoes/1",
                headers,
                body: [UInt8](repeating: 0x20, count: 40 * 1024 * 1024)
            )
            #expect(answer.status == 401)
        }
    }

    private func form(_ parts: [(String, [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (disposition, content) in parts {
            bytes += Array("--B\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n".utf8) + content + Array("\r\n".utf8)
        }
        return bytes + Array("--B--\r\n".utf8)
    }

    private var formHeaders: [String: String] {
        signedIn.merging(["Content-Type": "multipart/form-data; boundary=B"]) { $1 }
    }

    @Test func `an upload is stored under a name of ours and is gone after the request`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let content = Array("%PDF".utf8) + [UInt8](repeating: 0x0D, count: 3_000_000)
            let body = form([(#"name="file"; filename="../../cv.pdf""#, content), (#"name="note""#, Array("mine".utf8))])
            let answer = try await client.send("POST", "/api/v1/files", formHeaders, body: body)
            #expect(answer.status == 201)
            let data = try #require(try answer.json["data"])
            #expect(data["name"] == "cv.pdf")
            #expect(data["size"] == .integer(content.count))
            #expect(data["note"] == "mine")
            #expect(data["first"] == "%PDF")
            let path = try #require(data["path"]?.string)
            #expect(!path.contains("cv.pdf"))
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a file goes out as an attachment, whatever it claims to be`() async throws {
        let path = NSTemporaryDirectory() + "download-" + UUID().uuidString
        let content = String(repeating: "<script>", count: 50_000)
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        defer { unlink(path) }
        let operations = [path, path + "-missing"].enumerated().map { number, path in
            APIOperation(.get, "/files/\(number)", "Download", access: .anyone) {
                (_: NoInput, _: Anonymous) async throws(Failure) -> FileDownload in
                FileDownload(path: path, name: "Jürgen.html", mediaType: "text/html\r\nX-Bad: 1")
            }
        }
        try await ToyServer.run(operations) { client async throws in
            let answer = try await client.send("GET", "/api/v1/files/0")
            #expect(answer.status == 200)
            #expect(answer.text == content)
            #expect(answer.headers["content-type"] == "application/octet-stream")
            #expect(answer.headers["x-bad"] == nil)
            #expect(answer.headers["content-disposition"] == "attachment; filename=\"J_rgen.html\"; filename*=UTF-8''J%C3%BCrgen.html")
            let head = try await client.send("HEAD", "/api/v1/files/0")
            #expect(head.headers["content-length"] == String(content.utf8.count))
            #expect(head.body.isEmpty)
            #expect(try await client.send("GET", "/api/v1/files/1").status == 404)
        }
    }

    @Test func `uploads that a killed server left are cleared, and only those`() throws {
        let directory = NSTemporaryDirectory() + "spool-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for name in ["upload-old", "upload-new", "other"] {
            try "x".write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
        }
        let old = Date().addingTimeInterval(-7200)
        for name in ["upload-old", "other"] {
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: directory + "/" + name)
        }
        try UploadSpool.prepare(directory)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == ["other", "upload-new"])
    }

    @Test func `a broken or foreign form is refused`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let file = (#"name="file"; filename="a""#, Array("x".utf8))
            let bad: [[UInt8]] = [
                Array("--B\r\nnonsense".utf8), form([file, file]), form([(#"name="other"; filename="a""#, [1])]),
                form([(#"name="file""#, Array("x".utf8))]), form([]), form([file, (#"name="unknown""#, [0x61])]),
                form([file, (#"name="note""#, [0xFF])]),
            ]
            for body in bad {
                #expect(try await client.send("POST", "/api/v1/files", formHeaders, body: body).status == 400)
            }
            let large = form([(#"name="file"; filename="a""#, [UInt8](repeating: 0x61, count: 11 * 1024 * 1024))])
            #expect(try await client.send("POST", "/api/v1/files", formHeaders, body: large).status == 413)
            let slightlyLarge = form([(#"name="file"; filename="a""#, [UInt8](repeating: 0x61, count: 10 * 1024 * 1024 + 1))])
            #expect(try await client.send("POST", "/api/v1/files", formHeaders, body: slightlyLarge).status == 413)
        }
    }

    @Test func `a forged token is refused where one is needed, and ignored elsewhere`() async throws {
        try await ToyServer.run(operations) { client async throws in
            for header in ["Bearer forged", "Basic dXNlcg==", "Bearer", "Bearer  "] {
                let answer = try await client.json("PATCH", "/api/v1/echoes/1", #"{"title": "a"}"#, ["Authorization": header])
                #expect(answer.status == 401)
                #expect(answer.headers["www-authenticate"] == "Bearer")
                #expect(try await client.send("GET", "/api/v1/echoes/1", ["Authorization": header]).status == 200)
            }
        }
    }

    @Test func `limits are reported, and a refusal says when to come back`() async throws {
        var plan = RateLimitPlan.unlimited
        plan.anonymous = [RateLimit(2, per: .seconds(3600))]
        try await ToyServer.run(operations, plan: plan) { client async throws in
            let first = try await client.send("GET", "/api/v1/echoes/1")
            #expect(first.headers["x-ratelimit-limit"] == "2")
            #expect(first.headers["x-ratelimit-remaining"] == "1")
            _ = try await client.send("GET", "/api/v1/echoes/1")
            let third = try await client.send("GET", "/api/v1/echoes/1")
            #expect(third.status == 429)
            #expect(Int(third.headers["retry-after"] ?? "") ?? 0 > 0)
            #expect(try third.json["error"]?["details"]?["retryAfter"] != nil)
            // A token opens no separate budget for public operations.
            #expect(try await client.send("GET", "/api/v1/echoes/1", signedIn).status == 429)
            #expect(try await client.json("PATCH", "/api/v1/echoes/1", #"{"title": "a"}"#, signedIn).status == 200)
            #expect(try await client.send("GET", "/healthz").status == 200)
        }
    }

    @Test func `wrong keys are limited by address, and right ones don't count`() async throws {
        var plan = RateLimitPlan.unlimited
        plan.signInByAddress = [RateLimit(3, per: .seconds(3600))]
        try await ToyServer.run(operations, plan: plan) { client async throws in
            func status(_ key: String) async throws -> Int {
                try await client.send("GET", "/api/v1/programs/1", ["Authorization": "Bearer key:\(key)"]).status
            }
            for _ in 0..<5 { #expect(try await status("right") == 200) }
            for number in 0..<3 { #expect(try await status("wrong-\(number)") == 401) }
            let refused = try await client.send("GET", "/api/v1/programs/1", ["Authorization": "Bearer key:wrong"])
            #expect(refused.status == 429)
            #expect((1...1200).contains(Int(refused.headers["retry-after"] ?? "") ?? 0))
            #expect(try await status("right") == 429)
            #expect(try await client.json("PATCH", "/api/v1/echoes/1", #"{"title": "a"}"#, signedIn).status == 200)
        }
    }

    @Test func `only pages of allowed origins may read answers`() async throws {
        let configure = { (configuration: inout WebConfiguration) in configuration.corsOrigins = ["https://app.example"] }
        try await ToyServer.run(operations, configure: configure) { client async throws in
            let good = try await client.send("GET", "/api/v1/echoes/1", ["Origin": "https://app.example"])
            #expect(good.headers["access-control-allow-origin"] == "https://app.example")
            let other = try await client.send("GET", "/api/v1/echoes/1", ["Origin": "https://evil.example"])
            #expect(other.headers["access-control-allow-origin"] == nil)
            let preflight = try await client.send(
                "OPTIONS",
                "/api/v1/echoes/1",
                ["Origin": "https://app.example", "Access-Control-Request-Method": "PATCH"]
            )
            #expect(preflight.status == 204)
            #expect(preflight.headers["access-control-allow-methods"]?.contains("PATCH") == true)
        }
    }

    @Test func `a request id of a trusted proxy is kept and another's is not`() async throws {
        let proxy = try #require(AddressRange("127.0.0.0/8"))
        let configure = { (configuration: inout WebConfiguration) in configuration.trustedProxies = [proxy] }
        try await ToyServer.run(operations, configure: configure) { client async throws in
            #expect(try await client.send("GET", "/healthz", ["X-Request-Id": "abc-1"]).headers["x-request-id"] == "abc-1")
            #expect(try await client.send("GET", "/healthz", ["X-Request-Id": "a b\""]).headers["x-request-id"]?.hasPrefix("req_") == true)
        }
        try await ToyServer.run(operations) { client async throws in
            #expect(try await client.send("GET", "/healthz", ["X-Request-Id": "abc-1"]).headers["x-request-id"]?.hasPrefix("req_") == true)
        }
    }

    @Test func `a connection ends after a request to upgrade it`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let request = "GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
            let answer = try RawClient.parse(try await client.exchange(Array(request.utf8)))
            #expect(answer.status == 200)
            #expect(answer.headers["connection"] == "close")
        }
    }

    @Test func `a client that asks whether to go on with a body is answered at once`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let head = "PATCH /api/v1/echoes/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
            let welcome = try await client.exchange(Array((head + "Content-Length: 2\r\n\r\n{}").utf8))
            #expect(String(decoding: welcome, as: UTF8.self).hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401"))
            let unwelcome = try await client.exchange(Array((head + "Content-Length: 99999999\r\n\r\n").utf8), endsInput: true)
            #expect(String(decoding: unwelcome, as: UTF8.self).hasPrefix("HTTP/1.1 401"))
        }
    }

    @Test func `a connection serves several requests`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let one = "PATCH /api/v1/echoes/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"
            let last = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            let text = String(decoding: try await client.exchange(Array((one + one + last).utf8)), as: UTF8.self)
            #expect(text.components(separatedBy: "HTTP/1.1 401").count == 3)
            #expect(text.components(separatedBy: "HTTP/1.1 200").count == 2)
        }
    }

    @Test func `readiness fails with a required part and only degrades with another`() async throws {
        let optional = HealthCheck("redis", isRequired: false) { .failed("away") }
        try await ToyServer.run(operations, health: [optional]) { client async throws in
            let answer = try await client.send("GET", "/readyz")
            #expect(answer.status == 200)
            #expect(try answer.json["status"] == "degraded")
            #expect(try answer.json["checks"]?["redis"]?["reason"] == "away")
        }
        let required = HealthCheck("postgres", isRequired: true) { .failed("away") }
        try await ToyServer.run(operations, health: [optional, required]) { client async throws in
            #expect(try await client.send("GET", "/readyz").status == 503)
        }
    }

    @Test func `the documents are served, without any outside host`() async throws {
        try await ToyServer.run(operations) { client async throws in
            let document = try await client.send("GET", "/api/v1/openapi.json").json
            #expect(document["openapi"] == "3.1.0")
            #expect(document["paths"]?["/echoes/{id}"]?["patch"]?["responses"]?["412"] != nil)
            let body = document["paths"]?["/files"]?["post"]?["requestBody"]?["content"]
            #expect(body?["multipart/form-data"] != nil)
            for part in ["core-api", "ats-api", "comms-api", "monetization-llm-api"] {
                let yaml = try await client.send("GET", "/api/v1/openapi/\(part).yaml")
                #expect(yaml.status == 200)
                #expect(yaml.text.hasPrefix("openapi: \"3.1.0\"") || yaml.text.hasPrefix("openapi: 3.1.0"))
            }
            let page = try await client.send("GET", "/api/docs")
            #expect(page.text.contains("/echoes/{id}"))
            #expect(!page.text.contains("https://") && !page.text.contains("http://"))
            #expect(try await client.send("GET", "/api/docs/search.js").status == 200)
            #expect(try await client.send("GET", "/metrics").text == "toy 1\n")
        }
    }

    @Test func `a database that is away is 503`() async throws {
        let operation = APIOperation(.post, "/kept", "Keep", access: .signedIn) {
            (_: NoInput, _: SignedIn) async throws(Failure) -> NoContent in
            NoContent()
        }
        try await ToyServer.run([operation]) { client async throws in
            let answer = try await client.json("POST", "/api/v1/kept", "", signedIn.merging(["Idempotency-Key": "k"]) { $1 })
            #expect(answer.status == 503)
            #expect(try answer.json["error"]?["code"] == "SERVICE_UNAVAILABLE")
            #expect(answer.headers["retry-after"] != nil)
        }
    }
}
