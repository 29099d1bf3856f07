package import Kernel
package import Logging
import Postgres
import ServiceLifecycle

/// Does what transactions left to be done: background work in its lanes, schedules, the numbering of events, and hourly upkeep. It only
/// knows declarations. Any number of processes may run one; an item is done at least once, so handlers go by the ids in it.
package struct Worker: Service {
    /// How many items each lane does at once. Work that waits for others needs slots, not processors.
    package static let standardSlots: [Lane: Int] = [.quick: 4, .mail: 4, .network: 4, .heavy: 5]

    private let lanes: [LaneRunner]
    private let keeper: LeaseKeeper
    private let bell: WorkBell
    private let periodicTasks: [PeriodicTask]

    /// `committed` is the tenant store's signal; `listenerURL` leads to the database for LISTEN, nil for a process that is alone. Upkeep
    /// has an `OperatorDoor` of its own, so that it doesn't take connections from the first.
    package init(
        door: OperatorDoor,
        upkeepDoor: OperatorDoor? = nil,
        handlers: [WorkHandler],
        committed: Signal,
        listenerURL: String? = nil,
        slots: [Lane: Int] = standardSlots,
        timings: WorkTimings = WorkTimings(),
        upkeep: [Upkeep] = [],
        logger: Logger
    ) {
        let keeper = LeaseKeeper(door: door, lease: timings.lease, logger: logger)
        let hazards = Hazards(timings)
        let queue = WorkQueue(door: door, timings: timings)
        let lanes = Lane.allCases.compactMap { lane -> LaneRunner? in
            let handlers = handlers.filter { $0.lane == lane }
            guard !handlers.isEmpty, let slots = slots[lane] else { return nil }
            return LaneRunner(lane, handlers: handlers, slots: slots, queue: queue, keeper: keeper, hazards: hazards, logger: logger)
        }
        self.keeper = keeper
        self.lanes = lanes
        let toNumber = Signal()
        bell = WorkBell(
            committed: committed,
            signals: lanes.map(\.signal) + [toNumber],
            door: door,
            listenerURL: listenerURL,
            timings: timings,
            logger: logger
        )
        let sequencer = Sequencer(door: door)
        let numbering = PeriodicTask(name: "numbering events", signal: toNumber, interval: timings.poll, logger: logger) {
            try await sequencer.number() > 0
        }
        let scheduling = PeriodicTask(name: "starting schedules", signal: Signal(), interval: timings.poll * 2, logger: logger) {
            let started = try await door.upkeep(WorkSQL.enqueueDue(now: door.clock.now())).affectedRows
            if started > 0 { for lane in lanes { lane.signal.ring() } }
            return false
        }
        let gauges = Gauges(door: upkeepDoor ?? door, sequencer: sequencer, handlers: handlers)
        let measuring = PeriodicTask(name: "measuring what waits", signal: Signal(), interval: timings.measuring, logger: logger) {
            try await gauges.measure()
            return false
        }
        let sweeping = PeriodicTask(name: "upkeep", signal: Signal(), interval: timings.upkeep, logger: logger) {
            await Self.sweep(upkeep, through: upkeepDoor ?? door, logger)
            return false
        }
        periodicTasks = [numbering, scheduling, measuring, sweeping]
    }

    /// One after another; what fails is tried again the next time.
    private static func sweep(_ upkeep: [Upkeep], through door: OperatorDoor, _ logger: Logger) async {
        for task in upkeep {
            do {
                try await task.run(through: door)
            } catch  where !Task.isCancelled {
                logger.warning("upkeep fails", metadata: ["of": "\(task.name)", "error": "\(error)"])
            } catch {
                return
            }
        }
    }

    /// Runs until shutdown: then nothing new is taken, and it returns when the running items are done, or abandoned at their time-outs.
    package func run() async throws {
        keeper.start()
        defer { keeper.end() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in periodicTasks { group.addTask { await task.run() } }
            group.addTask { await bell.run() }
            defer { group.cancelAll() }
            try await work()
        }
    }

    /// If one lane has to give up, the others finish what they hold and stop, too.
    private func work() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in lanes { group.addTask { try await lane.work() } }
            // A worker without work still numbers events.
            if lanes.isEmpty { group.addTask { try? await gracefulShutdown() } }
            try await group.waitForAll()
        }
    }
}
