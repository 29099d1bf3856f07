import Foundation
import Kernel
import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Runs one lane: takes up as many items at once as the lane has slots, refills as they end, and on shutdown finishes what it holds before
/// it returns. One tenant's items never take the last slot. Items that may take much longer than the lane's others leave two slots to
/// these, and one of the rest to another tenant's long items.
final class LaneRunner: Sendable {
    private struct State {
        /// Running items by tenant, and those among them that may take long.
        var busy: [Identifier<Tenant>: Int] = [:]
        var busyForLong: [Identifier<Tenant>: Int] = [:]
        var isLeaving = false

        var items: Int { busy.values.reduce(0, +) }
    }

    let lane: Lane
    let signal = Signal()
    private let queue: WorkQueue
    private let keeper: LeaseKeeper
    private let hazards: Hazards
    private let handlers: [String: WorkHandler]
    private let slots: Int
    private let logger: Logger
    private let state = Mutex(State())
    private let busySlots: Gauge
    private let waited: Metrics.Timer

    init(_ lane: Lane, handlers: [WorkHandler], slots: Int, queue: WorkQueue, keeper: LeaseKeeper, hazards: Hazards, logger: Logger) {
        self.lane = lane
        self.queue = queue
        self.keeper = keeper
        self.hazards = hazards
        self.handlers = Dictionary(handlers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.slots = slots
        self.logger = logger
        busySlots = Gauge(label: "tenure_lane_hands_busy", dimensions: [("lane", lane.rawValue)])
        waited = Metrics.Timer(label: "tenure_lane_wait_seconds", dimensions: [("lane", lane.rawValue)])
        Gauge(label: "tenure_lane_hands", dimensions: [("lane", lane.rawValue)]).record(slots)
    }

    /// Returns when told to stop, after the last running item. Throws when too many attempts would not end: the process's supervisor
    /// restarts it without them.
    func work() async throws(TooManyStrays) {
        await withGracefulShutdownHandler {
            await takeUpPieces()
        } onGracefulShutdown: {
            self.state.withLock { $0.isLeaving = true }
            self.signal.ring()
        }
        if hazards.hasTooManyStrays { throw TooManyStrays() }
    }

    private func takeUpPieces() async {
        await withDiscardingTaskGroup { group in
            var outage = OutageLog("work can't be claimed", logger: logger)
            while goesOn {
                do {
                    for isLong in [false, true] {
                        for item in try await claim(long: isLong) { group.addTask { await self.see(item) } }
                    }
                    outage.isOver()
                } catch {
                    outage.began(error)
                }
                await signal.wait(atMost: queue.timings.poll)
            }
        }
    }

    private var goesOn: Bool { !Task.isCancelled && !hazards.hasTooManyStrays && !state.withLock { $0.isLeaving } }

    private func isLong(_ handler: WorkHandler) -> Bool { handler.timeout > lane.timeout }

    private func claim(long: Bool) async throws -> [WorkItem] {
        let most = long ? max(1, slots - 2) : slots
        let names = handlers.values.filter { isLong($0) == long }.map(\.name)
        let (free, busy) = state.withLock { state in
            let busy = long ? state.busyForLong : state.busy
            return (min(most - busy.values.reduce(0, +), slots - state.items), busy)
        }
        guard !names.isEmpty, free > 0 else { return [] }
        let takesSuspect = hazards.mayClaimSuspect()
        var suspects = 0
        defer { if takesSuspect { hazards.claimed(suspects: suspects) } }
        let share = WorkQueue.Share(busy: busy, most: max(1, most - 1))
        let items = try await queue.claim(names, limit: free, share: share, suspects: takesSuspect ? 1 : 0)
        suspects = items.count { $0.losses > 0 }
        let now = queue.door.clock.now()
        for item in items { waited.recordSeconds(max(0, now.timeIntervalSince(item.dueAt))) }
        state.withLock { state in
            for item in items {
                state.busy[item.tenant, default: 0] += 1
                if long { state.busyForLong[item.tenant, default: 0] += 1 }
            }
            busySlots.record(state.items)
        }
        return items
    }

    /// One item from claim to settlement.
    private func see(_ item: WorkItem) async {
        guard let handler = handlers[item.name] else { return }
        defer { leave(item, handler) }
        let run = WorkAttempt(item: item, handler: handler, queue: queue, keeper: keeper, logger: logger)
        if await run.run(onStrayEnd: hazards.strayEnded) { hazards.strayBegan() }
    }

    private func leave(_ item: WorkItem, _ handler: WorkHandler) {
        state.withLock { state in
            state.busy.take(item.tenant)
            if isLong(handler) { state.busyForLong.take(item.tenant) }
            busySlots.record(state.items)
        }
        if item.losses > 0 { hazards.suspectIsOver() }
        signal.ring()
    }
}

extension [Identifier<Tenant>: Int] {
    /// One less.
    fileprivate mutating func take(_ tenant: Identifier<Tenant>) {
        let rest = self[tenant, default: 1] - 1
        self[tenant] = rest > 0 ? rest : nil
    }
}
