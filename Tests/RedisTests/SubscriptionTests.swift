import Foundation
import Testing

@testable import Redis

@Suite struct SubscriptionTests {
    @Test func `messages arrive in order, byte for byte, to every subscriber`() async throws {
        try await withClient { client in
            let channel = fresh("news")
            var first = client.subscribe(to: channel).makeAsyncIterator()
            #expect(await first.next() == .subscribed)
            var second = client.subscribe(to: channel).makeAsyncIterator()
            #expect(await second.next() == .subscribed)
            for number in 0..<500 {
                let listeners = try await client.publish(.bytes([0, 255, UInt8(number % 256)]), to: channel)
                #expect(listeners == 1)
            }
            for number in 0..<500 {
                #expect(await first.next() == .message([0, 255, UInt8(number % 256)]))
                #expect(await second.next() == .message([0, 255, UInt8(number % 256)]))
            }
        }
    }

    @Test func `a dropped stream unsubscribes, and the channel can be taken again`() async throws {
        try await withClient { client in
            let channel = fresh("news")
            for round in 0..<20 {
                for await message in client.subscribe(to: channel) {
                    guard message == .subscribed else {
                        #expect(message == .message(Array("\(round)".utf8)))
                        break
                    }
                    try await client.publish(.integer(round), to: channel)
                }
            }
            try await eventually { try await client.publish("anyone?", to: channel) == 0 }
        }
    }

    @Test func `subscriptions return with the server, and say so`() async throws {
        let server = try RedisServer()
        try await withClient(server.url) { client in
            var news = client.subscribe(to: "news").makeAsyncIterator()
            var sport = client.subscribe(to: "sport").makeAsyncIterator()
            #expect(await news.next() == .subscribed)
            #expect(await sport.next() == .subscribed)
            server.kill()
            try server.start()
            #expect(await news.next() == .subscribed)
            #expect(await sport.next() == .subscribed)
            try await eventually { client.isConnected }
            try await client.publish("again", to: "sport")
            #expect(await sport.next() == .message(Array("again".utf8)))
        }
    }

    @Test func `silence is distinguished from a dead connection`() async throws {
        let server = try RedisServer()
        try await withClient(server.url, timeout: .milliseconds(500), heartbeat: .milliseconds(100)) { client in
            var news = client.subscribe(to: "news").makeAsyncIterator()
            #expect(await news.next() == .subscribed)
            let connection = try await subscriberAddress(client)
            // Several heartbeats pass in silence, and the connection stays.
            let quietUntil = ContinuousClock.now + .milliseconds(600)
            try await eventually { ContinuousClock.now > quietUntil }
            #expect(try await subscriberAddress(client) == connection)
            server.signal(SIGSTOP)
            let frozenUntil = ContinuousClock.now + .milliseconds(600)
            try await eventually { ContinuousClock.now > frozenUntil }
            server.signal(SIGCONT)
            #expect(await news.next() == .subscribed)
            try await eventually { client.isConnected }
            // The server may see the old connection end only after it let the new one in.
            try await eventually { try await subscriberAddress(client) != connection }
        }
    }

    /// Which connection of the server holds the subscription.
    private func subscriberAddress(_ client: RedisClient) async throws -> Substring? {
        let list = try await client.command(["CLIENT", "LIST", "TYPE", "PUBSUB"]).text ?? ""
        return list.split(separator: " ").first { $0.hasPrefix("id=") }
    }

    @Test func `streams end with the client`() async throws {
        let client = try RedisClient(url: sharedURL, logger: quiet)
        let running = Task { await client.run() }
        var news = client.subscribe(to: fresh("news")).makeAsyncIterator()
        #expect(await news.next() == .subscribed)
        running.cancel()
        #expect(await news.next() == nil)
        var late = client.subscribe(to: fresh("late")).makeAsyncIterator()
        #expect(await late.next() == nil)
    }
}
