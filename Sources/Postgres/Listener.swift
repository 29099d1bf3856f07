import CLibPQ
import Glibc
package import Logging

/// LISTEN on a connection of its own, reconnected forever. Consumers see `reconnected` whenever notifications may have been missed,
/// including the first time, and read what they keep again.
package final class Listener: Sendable {
    package enum Notification: Sendable, Equatable {
        case reconnected
        case message(channel: String, payload: String)
    }

    /// For one consumer.
    package let notifications: AsyncStream<Notification>
    private let doorbell: Doorbell
    private let ended: AsyncStream<Never>

    package init(url: String, channels: [String], logger: Logger) {
        let (notifications, output) = AsyncStream.makeStream(of: Notification.self)
        let (ended, end) = AsyncStream.makeStream(of: Never.self)
        let doorbell = Doorbell()
        self.notifications = notifications
        self.ended = ended
        self.doorbell = doorbell
        OwnThread.start {
            ListenerLoop(url: url, channels: channels, logger: logger, doorbell: doorbell, output: output).run()
            output.finish()
            end.finish()
        }
    }

    deinit {
        doorbell.ring()
    }

    /// Ends the stream and returns when the connection is closed.
    package func close() async {
        doorbell.ring()
        for await _ in ended {}
    }
}

/// What the listening thread does.
private struct ListenerLoop {
    let url: String
    let channels: [String]
    let logger: Logger
    let doorbell: Doorbell
    let output: AsyncStream<Listener.Notification>.Continuation

    func run() {
        var pause = Backoff(first: .milliseconds(50), longest: .seconds(2))
        while !doorbell.hasRung(waiting: .zero) {
            do {
                let session = try Session(Session.Settings(url: url, applicationName: "tenure listener"))
                for channel in channels { try session.script("LISTEN \(SQL.quoted(channel))") }
                pause = Backoff(first: .milliseconds(50), longest: .seconds(2))
                output.yield(.reconnected)
                try listen(on: session)
                return
            } catch {
                let wait = pause.next()
                logger.warning("not listening to PostgreSQL", metadata: ["error": "\(error)", "retry": "\(wait)"])
                if doorbell.hasRung(waiting: wait) { return }
            }
        }
    }

    /// Returns when the doorbell rang.
    private func listen(on session: Session) throws(PostgresError) {
        while true {
            // What arrived along with LISTEN is read before the first wait.
            while let notification = PQnotifies(session.handle) {
                output.yield(
                    .message(channel: String(cString: notification.pointee.relname), payload: String(cString: notification.pointee.extra))
                )
                PQfreemem(notification)
            }
            var sources = [
                pollfd(fd: PQsocket(session.handle), events: Int16(POLLIN), revents: 0),
                pollfd(fd: doorbell.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&sources, nfds_t(sources.count), -1) < 0, errno != EINTR { throw PostgresError(.connection, "poll: error \(errno)") }
            if sources[1].revents != 0 { return }
            guard PQconsumeInput(session.handle) == 1 else { throw PostgresError(connection: session.handle) }
        }
    }
}
