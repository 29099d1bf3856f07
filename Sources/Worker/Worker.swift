package import Kernel
package import Logging
import Postgres
import ServiceLifecycle

/// Does what transactions left to be done: background work, schedules, the numbering of events, and hourly upkeep.
/// It knows declarations only. Any number of processes may run one; a piece is done at least once, so handlers go by the ids in it.
package struct Worker: Service {
    private let crew: Crew
    private let bell: WorkBell
    private let rounds: [Round]

    /// `committed` is the tenant store's signal; `listenerURL` leads to the database for LISTEN, nil for a process that is alone.
    package init(
        door: OperatorDoor,
        handlers: [WorkHandler],
        committed: Signal,
        listenerURL: String? = nil,
        concurrency: Int = 4,
        timings: WorkTimings = WorkTimings(),
        upkeep: [Upkeep] = [.idempotencyKeys],
        logger: Logger
    ) {
        let toWork = Signal()
        let toNumber = Signal()
        crew = Crew(
            queue: WorkQueue(door: door, timings: timings),
            handlers: handlers,
            hands: concurrency,
            signal: toWork,
            logger: logger
        )
        bell = WorkBell(
            committed: committed,
            signals: [toWork, toNumber],
            door: door,
            listenerURL: listenerURL,
            timings: timings,
            logger: logger
        )
        let sequencer = Sequencer(door: door)
        let numbering = Round(name: "numbering events", signal: toNumber, interval: timings.poll, logger: logger) {
            try await sequencer.number() > 0
        }
        let scheduling = Round(name: "starting schedules", signal: Signal(), interval: timings.poll * 2, logger: logger) {
            let started = try await door.upkeep(WorkSQL.enqueueDue(now: door.clock.now())).affectedRows
            if started > 0 { toWork.ring() }
            return false
        }
        let sweeping = upkeep.map { task in
            Round(name: "upkeep of \(task.name)", signal: Signal(), interval: timings.upkeep, logger: logger) {
                _ = try await door.upkeep(task.statement(door.clock.now()))
                return false
            }
        }
        rounds = [numbering, scheduling] + sweeping
    }

    /// Until shutdown: then nothing new is taken up, and it returns when the pieces in hand are done, or given up at their time-outs.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for round in rounds { group.addTask { await round.run() } }
            group.addTask { await bell.run() }
            defer { group.cancelAll() }
            try await crew.work()
        }
    }
}
