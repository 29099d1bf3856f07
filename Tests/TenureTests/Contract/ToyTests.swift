import Foundation
import FoundationNetworking
import Identity
import Kernel
import Logging
import Postgres
import ServiceLifecycle
import SocketClient
import Testing
import Toy
import Web

@testable import tenure

/// An added capability is served, documented, scriptable, counted and live, without touching anything else.
@Suite struct ToyTests {
    @Test func `a capability comes with all that it declares`() async throws {
        try await ToyShop.run { shop in
            let ada = try await shop.tenant.candidate()
            let document = try await shop.visitor.get("/api/v1/openapi.json").expect(200).json
            #expect(document["paths"]?["/toys"]?["post"]?["responses"]?["409"] != nil)
            #expect(document["paths"]?["/toys/live"]?["get"]?["x-socket"]?["incoming"] != nil)
            #expect(document["x-events"]?.items.contains { $0["name"] == "toy.made" } == true)
            let player = shop.at(ada)
            let top = try await player.post("/toys", ["name": "Top"]).expect(201)
            #expect(try await player.post("/toys", ["name": "Top"]).expect(409).code == "TOY_NAME_TAKEN")
            #expect(try await player.post("/toys", ["name": ""]).expect(400).details["name"] != nil)
            try await eventually {
                try await shop.tenant.count("SELECT turns FROM toys WHERE tenant_id = \(shop.tenant.id)") == 12
            }
            let admin = shop.at(try await shop.tenant.admin())
            let events = try await admin.get("/admin/audit?limit=100").expect(200).items
            #expect(events.contains { $0["name"] == "toy.made" && $0["subject"]?["id"] == .string(top.id) })
            let me = try await player.get("/users/me").expect(200)
            #expect(me.data["counters"]?["toys"] == 1 && me.data["limits"]?["toys"] == 3)
            #expect(try await player.get("/users/me/export").expect(200).data["sections"]?["toys"] == "Toys are nobody's.")
            #expect(try await admin.get("/admin/scripts/events").expect(200).json.text.contains("toy.made"))
        }
    }

    @Test func `its page is served under the console's policy`() async throws {
        try await ToyShop.run { shop in
            let address = try #require(URL(string: "http://127.0.0.1:\(shop.port)/toys"))
            let (data, response) = try await URLSession.shared.data(from: address)
            let page = try Answer(try #require(response as? HTTPURLResponse), data)
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.headers["content-security-policy"]?.contains("script-src 'self'") == true)
            #expect(String(decoding: data, as: UTF8.self).contains("<h1>Toys</h1>"))
        }
    }

    @Test func `its socket works, and ends when its person loses access`() async throws {
        try await ToyShop.run { shop in
            let ada = try await shop.tenant.candidate()
            try await shop.at(ada).post("/toys", ["name": "Train"]).expect(201)
            let port = shop.port
            #expect(try await SocketClient.run(port: port, "/api/v1/toys/live") { $0.status } == 401)
            let admin = try await shop.tenant.admin()
            let (opened, told) = AsyncStream.makeStream(of: Void.self)
            async let talk = SocketClient.run(port: port, "/api/v1/toys/live", headers: ada.bearer) { client in
                try client.send(#"{"name": "Train"}"#)
                let train = try client.receive()
                told.yield()
                return (train, try client.receive())
            }
            for await _ in opened { break }
            try await admin.patch("/admin/users/\(ada.id)", ["status": "deactivated"]).expect(200)
            let (train, closeFrame) = try await talk
            #expect(train.text.contains(#""name":"Train""#))
            #expect(closeFrame.code == 1008)
        }
    }

    @Test func `a session that is renewed keeps its socket, and one that is signed out doesn't`() async throws {
        try await ToyShop.run { shop in
            let ada = shop.at(try await shop.tenant.candidate())
            try await ada.post("/toys", ["name": "Kite"]).expect(201)
            let (opened, told) = AsyncStream.makeStream(of: Void.self)
            async let talk = SocketClient.run(port: shop.port, "/api/v1/toys/live", headers: ada.bearer) { client in
                var heard: [String] = []
                while true {
                    try client.send(#"{"name": "Kite"}"#)
                    let frame = try client.receive()
                    if let code = frame.code { return (heard, code) }
                    heard.append(frame.text)
                    told.yield()
                    Thread.sleep(forTimeInterval: 0.02)
                }
            }
            var turns = opened.makeAsyncIterator()
            await turns.next()
            let renewed = try await ada.post("/auth/refresh-token", ["refreshToken": .string(try #require(ada.refreshToken))]).expect(200)
            // Tells of a change of this person's, which is none of what they may do.
            try await shop.tenant.execute("SELECT pg_notify('tenure_identity', \(ada.id))")
            for _ in 0..<20 { await turns.next() }
            var again = ada
            again.token = renewed.data["accessToken"]?.string
            try await again.post("/auth/logout").expect(204)
            let (heard, code) = try await talk
            #expect(heard.count > 20 && code == 1008)
        }
    }

    @Test func `a server that shuts down takes leave of its sockets`() async throws {
        try await ToyShop.run { shop in
            let ada = shop.at(try await shop.tenant.candidate())
            let (opened, told) = AsyncStream.makeStream(of: Void.self)
            async let talk = SocketClient.run(port: shop.port, "/api/v1/toys/live", headers: ada.bearer) { client in
                told.yield()
                return try client.receive()
            }
            for await _ in opened { break }
            await shop.group.triggerGracefulShutdown()
            #expect(try await talk.code == 1001)
        }
    }
}

extension Person {
    fileprivate var bearer: [String: String] { ["Authorization": "Bearer \(token ?? "")"] }
}

/// A second server on the tests' database, with the toy added.
private struct ToyShop: Sendable {
    let server: TestServer
    let tenant: TestTenant
    let port: Int
    let group: ServiceGroup

    var visitor: Person { Person(server: server.moved(to: port), tenant: nil) }

    /// The same person on this server.
    func at(_ person: Person) -> Person {
        var moved = person
        moved.server = server.moved(to: port)
        return moved
    }

    private static let silence = Logger(label: "toys") { _ in SwiftLogNoOpLogHandler() }

    static func run(_ body: (ToyShop) async throws -> Void) async throws {
        let server = try await TestServer.running
        let tenant = try await TestTenant()
        var composition = try await Composition(server.settings, metrics: MetricsRegistry(), passwords: TestServer.cheap, logger: silence) {
            [Toy(store: $0)]
        }
        composition.listen(onPort: 0)
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let services = try composition.services { running.yield($0) }
        let group = ServiceGroup(services: services, logger: silence)
        let serving = Task.detached { try await group.run() }
        defer { serving.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        try await body(ToyShop(server: server, tenant: tenant, port: port, group: group))
    }
}
