import Foundation
import Kernel
import SocketClient
import Testing

@testable import Web

/// Over TLS the console's session is only in the one cookie that no neighbor under the same domain can set.
@Suite struct ConsoleCookieTests {
    private static let session = "user:0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11~refresh"

    private let operations = [
        APIOperation(.get, "/me", "Me", access: .signedIn) { (_: NoInput, _: SignedIn) async throws(Failure) -> NoInput in NoInput() },
        APIOperation(socket: "/live", "Talk", access: .signedIn) {
            (_: NoInput, _: SignedIn, conversation: Conversation<NoInput, NoInput>) async throws(Failure) in
            _ = try await conversation.next()
        },
    ]

    @Test(
        arguments: [
            ("https://tenure.example", "__Host-tenure_console=GOOD", true), ("https://tenure.example", "tenure_console=GOOD", false),
            ("https://tenure.example", "tenure_console=GOOD; __Host-tenure_console=bad~bad", false),
            ("https://tenure.example", "tenure_console=bad~bad; __Host-tenure_console=GOOD", true),
            ("http://127.0.0.1:8080", "tenure_console=GOOD", true), ("http://127.0.0.1:8080", "__Host-tenure_console=GOOD", false),
        ]
    )
    func `the cookie's name depends on the scheme, and no other counts`(url: String, cookie: String, counts: Bool) async throws {
        try await withConsole(at: url) { client async throws in
            let headers = ["Cookie": cookie.replacing("GOOD", with: Self.session), "X-Tenure-Console": "1"]
            // The server tries to renew an invalid session, which this one can't.
            #expect(try await (client.send("GET", "/api/v1/me", headers).status == 200) == counts)
        }
    }

    /// A browser sends cookies with a socket from any page, and can't be told to send a header.
    @Test(arguments: [("http://localhost", 101), ("https://elsewhere.example", 401), ("https://friend.example", 401), ("", 401)])
    func `a socket takes the cookie from the server's own pages alone`(origin: String, status: Int) async throws {
        try await withConsole(at: "http://127.0.0.1:8080") { client async throws in
            let headers = ["Cookie": "tenure_console=\(Self.session)", "Origin": origin]
            #expect(try await SocketClient.run(port: client.port, "/api/v1/live", headers: headers) { $0.status } == status)
        }
    }

    private func withConsole(at url: String, _ body: (RawClient) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("<!doctype html>".utf8).write(to: folder.appendingPathComponent("index.html"))
        let configure = { (configuration: inout WebConfiguration) in
            configuration.publicURL = url
            configuration.console = folder.path
            configuration.corsOrigins = ["https://friend.example"]
        }
        try await ToyServer.run(operations, configure: configure, body)
    }
}
