import Foundation
import Kernel
import Logging
import Postgres

/// Renews the leases of all running items and stops those whose time is up, on a thread and over a connection that nothing else uses:
/// neither a handler nor anything on Swift's cooperative pool can hold it up.
final class LeaseKeeper: Sendable {
    private struct Held {
        let running: RunningItem
        var renewed: ContinuousClock.Instant
    }

    private struct State {
        var held: [Identifier<WorkRecord>: Held] = [:]
        /// Whether something has changed that the thread has not seen.
        var isNew = false
        var isOver = false
    }

    private let door: OperatorDoor
    private let lease: Duration
    private let logger: Logger
    private let state = Monitor(State())

    init(door: OperatorDoor, lease: Duration, logger: Logger) {
        self.door = door
        self.lease = lease
        self.logger = logger
    }

    func start() {
        OwnThread.start { self.run() }
    }

    func end() {
        state.change { $0.isOver = true }
    }

    func take(_ running: RunningItem) {
        state.change { state in
            state.held[running.item.id] = Held(running: running, renewed: .now)
            state.isNew = true
        }
    }

    func leave(_ running: RunningItem) {
        state.withLock { $0.held[running.item.id] = nil }
    }

    private func run() {
        let connection = door.separateConnection()
        var nextRenewal = ContinuousClock.now + lease / 3
        var wakeUp = nextRenewal
        while true {
            let wait = Int(max(.zero, wakeUp - .now) / .milliseconds(1)) + 1
            let isOver = state.wait(milliseconds: wait) { state -> Bool? in
                if state.isOver { return true }
                guard state.isNew else { return nil }
                state.isNew = false
                return false
            }
            if isOver == true { return }
            if nextRenewal <= .now {
                renew(over: connection)
                nextRenewal = .now + lease / 3
            }
            wakeUp = state.withLock { Array($0.held.values) }.reduce(nextRenewal) { min($0, $1.running.check(at: .now)) }
        }
    }

    /// A short outage of the database loses nothing as long as the leases themselves have not run out.
    private func renew(over connection: SeparateConnection) {
        let allRunning = state.withLock { $0.held.values.map(\.running) }
        guard !allRunning.isEmpty else { return }
        let start = ContinuousClock.now
        do {
            let until = door.clock.now().addingTimeInterval(lease.seconds)
            let rows = try connection.run(WorkSQL.renew(allRunning.map(\.item), until: until))
            let ours = Set(try rows.map { Identifier<WorkRecord>(try $0("id") as UUID) })
            for running in allRunning where ours.contains(running.item.id) { state.withLock { $0.held[running.item.id]?.renewed = start } }
            lose(allRunning.filter { !ours.contains($0.item.id) })
        } catch {
            logger.info("leases could not be renewed", metadata: ["error": "\(error)"])
            let lapsed = state.withLock { state in state.held.values.filter { .now - $0.renewed >= lease } }
            lose(lapsed.map(\.running))
        }
    }

    private func lose(_ lost: [RunningItem]) {
        // One that was removed meanwhile has been settled.
        for running in lost where state.withLock({ $0.held[running.item.id] != nil }) { running.stop(.lost) }
    }
}
