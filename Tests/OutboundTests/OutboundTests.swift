import Foundation
import Kernel
import Synchronization
import Testing

@testable import Outbound

@Suite struct OutboundTests {
    /// 127.0.0.1 counts as public here, and nothing else on this machine.
    private static func outbound(authorities: String? = nil, lookup: Resolver.Lookup? = nil) throws -> Outbound {
        let permit = try #require(AddressPolicy.Permit("127.0.0.1"))
        return Outbound(AddressPolicy(permits: [permit], isProduction: false), authorities: authorities, lookup: lookup)
    }

    private static func home(_ host: String) async throws(OutboundError) -> [IPAddress] { [IPAddress(bytes: [127, 0, 0, 1])] }

    private func json(_ answer: OutboundAnswer) throws -> JSON { try JSON(parsing: answer.body) }

    @Test func `a request is sent unchanged and its answer comes back whole`() async throws {
        let site = try await ToySite()
        let outbound = try Self.outbound(lookup: Self.home)
        let answer = try await outbound.send(
            OutboundRequest(
                "POST",
                "http://Hooks.Test:\(site.port)/a%20b?c=d%2Fe",
                headers: [("Content-Type", "text/plain")],
                body: Array("words".utf8)
            ),
            to: .stranger,
            for: "test"
        )
        let seen = try json(answer)
        #expect(answer.status == 200 && answer.header("content-type") == "application/json")
        #expect(seen["method"] == "POST" && seen["path"] == "/a%20b?c=d%2Fe" && seen["body"] == "words")
        #expect(seen["headers"]?["host"]?.string == "hooks.test:\(site.port)")
        await outbound.close()
    }

    @Test func `the address that was checked is the one that is connected to, though the name means another a moment later`() async throws {
        let site = try await ToySite()
        let canary = try await Canary(at: ["127.0.0.2"], port: site.port)
        let asked = Asked()
        let outbound = try Self.outbound { _ throws(OutboundError) in
            [IPAddress(bytes: [127, 0, 0, asked.count() == 1 ? 1 : 2])]
        }
        let request = OutboundRequest("GET", "http://rebind.test:\(site.port)/echo")
        #expect(try await outbound.send(request, to: .stranger, for: "test").status == 200)
        #expect(asked.value == 1)
        await #expect(throws: OutboundError.forbiddenAddress(host: "rebind.test")) {
            try await outbound.send(request, to: .stranger, for: "test")
        }
        #expect(canary.callers == 0)
        await outbound.close()
        try await canary.close()
    }

    @Test func `a name with one private address among public ones is refused`() async throws {
        let canary = try await Canary(at: ["127.0.0.2"])
        let outbound = try Self.outbound { _ throws(OutboundError) in
            [IPAddress(bytes: [127, 0, 0, 1]), IPAddress(bytes: [127, 0, 0, 2])]
        }
        await #expect(throws: OutboundError.forbiddenAddress(host: "mixed.test")) {
            try await outbound.send(OutboundRequest("GET", "http://mixed.test:\(canary.port)/"), to: .stranger, for: "test")
        }
        #expect(canary.callers == 0)
        await outbound.close()
        try await canary.close()
    }

    @Test func `over TLS the host is asked for by its name, and its certificate must be in that name`() async throws {
        let site = try await ToySite(tls: "good.test")
        let outbound = try Self.outbound(authorities: site.certificate, lookup: Self.home)
        let seen = try json(
            try await outbound.send(OutboundRequest("GET", "https://good.test:\(site.port)/echo"), to: .stranger, for: "test")
        )
        #expect(seen["sni"] == "good.test")
        let error = await #expect(throws: OutboundError.self) {
            try await outbound.send(OutboundRequest("GET", "https://other.test:\(site.port)/echo"), to: .stranger, for: "test")
        }
        guard case .unreachable? = error else { return #expect(Bool(false), "\(String(describing: error))") }
        await outbound.close()

        let unknowing = try Self.outbound(lookup: Self.home)
        await #expect(throws: OutboundError.self) {
            try await unknowing.send(OutboundRequest("GET", "https://good.test:\(site.port)/echo"), to: .stranger, for: "test")
        }
        await unknowing.close()
    }

    @Test func `no redirect is followed unless asked`() async throws {
        let site = try await ToySite()
        let outbound = try Self.outbound()
        let url = "http://127.0.0.1:\(site.port)/to?/echo"
        #expect(try await outbound.send(OutboundRequest("GET", url), to: .stranger, for: "test").status == 302)
        let followed = try await outbound.send(OutboundRequest("GET", url), to: .stranger, for: "test", OutboundLimits(redirects: 1))
        #expect(followed.status == 200)
        let twice = "http://127.0.0.1:\(site.port)/to?/to%3F/echo"
        let stopped = try await outbound.send(OutboundRequest("GET", twice), to: .stranger, for: "test", OutboundLimits(redirects: 1))
        #expect(stopped.status == 302)
        await outbound.close()
    }

    @Test func `a redirect's target is checked again`() async throws {
        let site = try await ToySite()
        let canary = try await Canary()
        let outbound = try Self.outbound()
        for target in ["http://127.0.0.2:\(canary.port)/", "http://[::1]:\(canary.port)/", "http://0x7f000002:\(canary.port)/"] {
            await #expect(throws: OutboundError.self) {
                try await outbound.send(
                    OutboundRequest("GET", "http://127.0.0.1:\(site.port)/to?\(target)"),
                    to: .stranger,
                    for: "test",
                    OutboundLimits(redirects: 5)
                )
            }
        }
        for target in ["file:///etc/passwd", "gopher://127.0.0.1/", "http://a@127.0.0.1/"] {
            await #expect(throws: OutboundError.self) {
                try await outbound.send(
                    OutboundRequest("GET", "http://127.0.0.1:\(site.port)/to?\(target)"),
                    to: .stranger,
                    for: "test",
                    OutboundLimits(redirects: 5)
                )
            }
        }
        #expect(canary.callers == 0)
        await outbound.close()
        try await canary.close()
    }

    @Test func `secrets don't follow a redirect to another host`() async throws {
        let site = try await ToySite()
        let other = try await ToySite()
        let outbound = try Self.outbound()
        let headers = [("Authorization", "Bearer secret"), ("Cookie", "secret"), ("X-Api-Key", "secret"), ("Accept", "text/plain")]
        func seen(_ status: Int, _ target: String) async throws -> JSON {
            try json(
                try await outbound.send(
                    OutboundRequest(
                        "POST",
                        "http://127.0.0.1:\(site.port)/to\(status)?\(target)",
                        headers: headers,
                        body: Array("words".utf8)
                    ),
                    to: .stranger,
                    for: "test",
                    OutboundLimits(redirects: 1)
                )
            )
        }
        let elsewhere = try await seen(307, "http://127.0.0.1:\(other.port)/echo")
        #expect(elsewhere["method"] == "POST" && elsewhere["body"] == "words")
        #expect(!elsewhere.text.contains("secret") && elsewhere["headers"]?["accept"] == "text/plain")
        let here = try await seen(303, "/echo")
        #expect(here["method"] == "GET" && here["body"] == "" && here["headers"]?["authorization"] == "Bearer secret")
        await outbound.close()
    }

    @Test func `an answer that takes too long or has too much in it is given up`() async throws {
        let site = try await ToySite()
        let outbound = try Self.outbound()
        for path in ["slow", "drip"] {
            await #expect(throws: OutboundError.timedOut(host: "127.0.0.1")) {
                try await outbound.send(
                    OutboundRequest("GET", "http://127.0.0.1:\(site.port)/\(path)"),
                    to: .stranger,
                    for: "test",
                    OutboundLimits(time: .seconds(1))
                )
            }
        }
        await #expect(throws: OutboundError.answerTooLarge(limit: 99_999)) {
            try await outbound.send(
                OutboundRequest("GET", "http://127.0.0.1:\(site.port)/large"),
                to: .stranger,
                for: "test",
                OutboundLimits(answer: 99_999)
            )
        }
        let whole = try await outbound.send(
            OutboundRequest("GET", "http://127.0.0.1:\(site.port)/large"),
            to: .stranger,
            for: "test",
            OutboundLimits(answer: 100_000)
        )
        #expect(whole.body.count == 100_000)
        await outbound.close()
    }

    @Test func `a name server that never answers holds nobody longer than the request's time`() async throws {
        let outbound = Outbound(lookup: { host throws(OutboundError) in
            try? await Task.sleep(for: .seconds(600))
            throw .unresolved(host: host)
        })
        await #expect(throws: OutboundError.self) {
            try await outbound.send(
                OutboundRequest("GET", "http://slow.test/"),
                to: .stranger,
                for: "test",
                OutboundLimits(time: .seconds(1))
            )
        }
        await outbound.close()
    }

    @Test func `one host gets a few requests at once, and a bounded number waits`() async throws {
        let site = try await ToySite()
        let outbound = try Self.outbound()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    do throws(OutboundError) {
                        let request = OutboundRequest("GET", "http://127.0.0.1:\(site.port)/short")
                        return try await outbound.send(request, to: .stranger, for: "test").status == 200
                    } catch {
                        #expect(error == .busy(host: "127.0.0.1"))
                        return false
                    }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 72)
        let most = try await outbound.send(OutboundRequest("GET", "http://127.0.0.1:\(site.port)/most"), to: .stranger, for: "test")
        #expect(most.body == Array("8".utf8))
        await outbound.close()
    }

    @Test func `the installation's own addresses may be private`() async throws {
        let site = try await ToySite()
        let outbound = Outbound()
        let request = OutboundRequest("GET", "http://127.0.0.1:\(site.port)/echo")
        #expect(try await outbound.send(request, to: .installation, for: "test").status == 200)
        await #expect(throws: OutboundError.forbiddenAddress(host: "127.0.0.1")) {
            try await outbound.send(request, to: .stranger, for: "test")
        }
        await outbound.close()
    }

    private final class Asked: Sendable {
        private let times = Mutex(0)
        var value: Int { times.withLock(\.self) }

        func count() -> Int {
            times.withLock { times in
                times += 1
                return times
            }
        }
    }
}
