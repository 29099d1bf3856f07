import Testing

@testable import Postgres

struct ListenerTests {
    @Test func `notifications arrive, and after a lost connection too`() async throws {
        let channel = TestDatabase.unique("Channel \"quoted\"")
        let listener = Listener(url: try TestDatabase.url, channels: [channel], logger: TestDatabase.logger)
        try await TestDatabase.withPool { pool in
            var notifications = listener.notifications.makeAsyncIterator()
            #expect(await notifications.next() == .reconnected)
            _ = try await pool.query("SELECT pg_notify(\(channel), \("one"))")
            #expect(await notifications.next() == .message(channel: channel, payload: "one"))

            let listening = "LISTEN%"
            let mark = "%" + String(channel.suffix(32)) + "%"
            let killed = try await pool.query(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE \(listening) AND query LIKE \(mark)"
            )
            try #require(killed.count == 1)
            #expect(await notifications.next() == .reconnected)
            _ = try await pool.query("SELECT pg_notify(\(channel), \("two"))")
            #expect(await notifications.next() == .message(channel: channel, payload: "two"))

            await listener.close()
            #expect(await notifications.next() == nil)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a listener without a server can be closed`() async {
        let listener = Listener(url: "postgresql:///nowhere?host=/nonexistent", channels: ["jobs"], logger: TestDatabase.logger)
        await listener.close()
        var notifications = listener.notifications.makeAsyncIterator()
        #expect(await notifications.next() == nil)
    }
}
