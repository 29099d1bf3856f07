import Foundation
import Kernel
import Logging
import Postgres

/// Tells everything that waits for committed work about it: by signals in this process, by NOTIFY between processes. A notification inside
/// each transaction would make commits queue for PostgreSQL's one notification lock, so one follows many commits.
struct WorkBell: Sendable {
    static let channel = "tenure_work"

    let committed: Signal
    let signals: [Signal]
    let door: OperatorDoor
    /// Where to listen for other processes; nil if this one is alone.
    let listenerURL: String?
    let timings: WorkTimings
    let logger: Logger
    private let sender = UUID().uuidString

    init(committed: Signal, signals: [Signal], door: OperatorDoor, listenerURL: String?, timings: WorkTimings, logger: Logger) {
        self.committed = committed
        self.signals = signals
        self.door = door
        self.listenerURL = listenerURL
        self.timings = timings
        self.logger = logger
    }

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await relay() }
            if let listenerURL { group.addTask { await listen(listenerURL) } }
        }
    }

    private func relay() async {
        var outage = OutageLog("other processes can't be told of work", logger: logger)
        var isOwed = false
        var quietUntil = ContinuousClock.now
        while !Task.isCancelled {
            let limit = isOwed ? max(quietUntil - .now, .milliseconds(1)) : timings.poll
            if await committed.wait(atMost: limit) {
                ring()
                isOwed = listenerURL != nil
            }
            guard isOwed, .now >= quietUntil else { continue }
            isOwed = false
            do {
                _ = try await door.upkeep(WorkSQL.notify(Self.channel, sender))
                outage.isOver()
            } catch {
                outage.began(error)
            }
            quietUntil = .now + timings.noticePause
        }
    }

    private func listen(_ url: String) async {
        let listener = Listener(url: url, channels: [Self.channel], logger: logger)
        for await notification in listener.notifications {
            if case .message(_, sender) = notification { continue }
            ring()
        }
        await listener.close()
    }

    private func ring() {
        for signal in signals { signal.ring() }
    }
}
