import Kernel
import Logging
import ServiceLifecycle
import Synchronization

/// Takes up as many pieces at once as it has hands, refills as they end, and on shutdown finishes what it holds before it goes.
final class Crew: Sendable {
    private struct State {
        var busy = 0
        var isLeaving = false
        /// Attempts that were given up and go on alone.
        var strays = 0
        var suspects = 0
        var lastSuspect = ContinuousClock.now - .seconds(3600)
    }

    private let queue: WorkQueue
    private let keeper: LeaseKeeper
    private let handlers: [String: WorkHandler]
    private let hands: Int
    private let signal: Signal
    private let logger: Logger
    private let state = Mutex(State())

    init(queue: WorkQueue, handlers: [WorkHandler], hands: Int, signal: Signal, logger: Logger) {
        self.queue = queue
        keeper = LeaseKeeper(door: queue.door, lease: queue.timings.lease, logger: logger)
        self.handlers = Dictionary(handlers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.hands = hands
        self.signal = signal
        self.logger = logger
    }

    /// Throws when too many attempts would not end: their threads go only with the process, which its supervisor starts anew.
    func work() async throws(TooManyStrays) {
        keeper.start()
        defer { keeper.end() }
        await withGracefulShutdownHandler {
            await takeUpPieces()
        } onGracefulShutdown: {
            self.state.withLock { $0.isLeaving = true }
            self.signal.ring()
        }
        if hasTooManyStrays { throw TooManyStrays() }
    }

    private var hasTooManyStrays: Bool { state.withLock { $0.strays } >= queue.timings.mostStrays }

    /// Ends when told to leave, after the last piece in hand.
    private func takeUpPieces() async {
        await withDiscardingTaskGroup { group in
            var trouble = Trouble("work can't be claimed", logger: logger)
            while goesOn {
                do {
                    for piece in try await claim() { group.addTask { await self.see(piece) } }
                    trouble.isOver()
                } catch {
                    trouble.began(error)
                }
                await signal.wait(atMost: queue.timings.poll)
            }
        }
    }

    private var goesOn: Bool { !Task.isCancelled && !hasTooManyStrays && !state.withLock { $0.isLeaving } }

    private func claim() async throws -> [Piece] {
        let (free, takesSuspect) = state.withLock { state in
            (hands - state.busy, state.suspects == 0 || .now - state.lastSuspect >= queue.timings.betweenSuspects)
        }
        guard free > 0 else { return [] }
        let pieces = try await queue.claim(Array(handlers.keys), limit: free, suspects: takesSuspect ? 1 : 0)
        state.withLock { state in
            state.busy += pieces.count
            let suspects = pieces.count { $0.losses > 0 }
            state.suspects += suspects
            if suspects > 0 { state.lastSuspect = .now }
        }
        return pieces
    }

    /// One piece from claim to settlement.
    private func see(_ piece: Piece) async {
        defer {
            state.withLock { state in
                state.busy -= 1
                if piece.losses > 0 { state.suspects -= 1 }
            }
            signal.ring()
        }
        guard let handler = handlers[piece.name] else { return }
        let run = PieceRun(piece: piece, handler: handler, queue: queue, keeper: keeper, logger: logger)
        let isStray = await run.run { self.state.withLock { $0.strays -= 1 } }
        if isStray { state.withLock { $0.strays += 1 } }
    }
}

/// Ends the process: too many of its threads are taken by work that would not end.
struct TooManyStrays: Error {}
