import Kernel
import Logging
import ServiceLifecycle
import Synchronization

/// Takes up as many pieces at once as it has hands, refills as they end, and on shutdown finishes what it holds before it goes.
final class Crew: Sendable {
    private struct State {
        var busy = 0
        var isLeaving = false
    }

    private let queue: WorkQueue
    private let handlers: [String: WorkHandler]
    private let hands: Int
    private let signal: Signal
    private let logger: Logger
    private let state = Mutex(State())

    init(queue: WorkQueue, handlers: [WorkHandler], hands: Int, signal: Signal, logger: Logger) {
        self.queue = queue
        self.handlers = Dictionary(handlers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.hands = hands
        self.signal = signal
        self.logger = logger
    }

    func work() async {
        await withGracefulShutdownHandler {
            await takeUpPieces()
        } onGracefulShutdown: {
            self.state.withLock { $0.isLeaving = true }
            self.signal.ring()
        }
    }

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

    private var goesOn: Bool { !Task.isCancelled && !state.withLock { $0.isLeaving } }

    private func claim() async throws -> [Piece] {
        let free = hands - state.withLock { $0.busy }
        guard free > 0 else { return [] }
        let pieces = try await queue.claim(Array(handlers.keys), limit: free)
        state.withLock { $0.busy += pieces.count }
        return pieces
    }

    /// One piece from claim to settlement.
    private func see(_ piece: Piece) async {
        defer {
            state.withLock { $0.busy -= 1 }
            signal.ring()
        }
        guard let handler = handlers[piece.name] else { return }
        await PieceRun(piece: piece, handler: handler, queue: queue, logger: logger).run()
    }
}
